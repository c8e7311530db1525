using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>办理过程: every step, by whom, from where, and what became fact.</summary>
public sealed class HistoryModel(MatterAccess access, PanelDb db, Words words) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public OpenMatter? Open { get; private set; }

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public PagerModel? Pager { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open) return NotFound();
        Open = open;
        var rows = db.History.AsNoTracking().Where(h => h.StreamId == open.Matter.Id);
        var total = await rows.CountAsync(cancellationToken);
        PageNumber = PagerModel.Within(PageNumber, Size, total);
        Pager = new(PageNumber, Size, total, Request);
        var facts = new HistoryFacts(words, open.Route);
        var read = await rows.OrderBy(h => h.Sequence).Skip((PageNumber - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        Steps = [.. read.Select(h => new Step(h, Called(h.Command), Stage(h.Before), Stage(h.After), facts.Read(h.Command, h.Facts)))];
        return Page();
    }

    private static string Called(string command) => MatterCommands.Commands.ContainsKey(command) ? Words.Command(command) : command;

    private string Stage(string id) => Open?.Route.Stages.FirstOrDefault(s => s.Id == id) is { } stage ? Words.Of(stage.Name) : id;

    public sealed record Step(HistoryRow Row, string Called, string Before, string After, IReadOnlyList<ReadableFact> Facts);
}
