using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reports;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Reports;

/// <summary>抽取公平情况: per specialty and per expert, how invitations and work are shared out, and what was to be expected.</summary>
public sealed class FairnessModel(PanelDb db, HeldDraws held, SpecialtyList specialties, TimeProvider clock, Words words) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "from")]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public DateOnly? To { get; set; }

    /// <summary>Whose experts are listed; everybody's where it is empty or unknown.</summary>
    [BindProperty(SupportsGet = true, Name = "specialty")]
    public string? Specialty { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public PagerModel? Pager { get; private set; }

    /// <summary>Null when the days asked for make no period.</summary>
    public FairnessReport? Report { get; private set; }

    public IReadOnlyList<ExpertShare> Experts { get; private set; } = [];

    public bool IsEmpty => Report is { Draws: 0 } report && report.Experts.All(e => e.Invitations == 0 && e.Opinions == 0);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var period = ModelState.IsValid ? FairnessPeriod.Of(From, To, ChinaTime.LocalDate(clock.GetUtcNow())) : null;
        if (period is null)
        {
            ModelState.AddModelError("from", words["Fairness.Slip"]);
            return;
        }

        (From, To) = (period.From, period.To);
        Report = await FairnessReport.OfAsync(db, held, period.From, period.To, cancellationToken);
        if (Report.Specialties.All(s => s.Specialty != Specialty)) Specialty = null;
        var listed = Report.Experts.Where(e => Specialty is null || e.Specialties.Contains(Specialty)).OrderByDescending(e => e.Invitations).ThenBy(e => e.BankNumber, StringComparer.Ordinal).ToList();
        PageNumber = PagerModel.Within(PageNumber, Size, listed.Count);
        Pager = new(PageNumber, Size, listed.Count, Request);
        Experts = [.. listed.Skip((PageNumber - 1) * Size).Take(Size)];
    }

    public string NameOf(string? specialty) => specialty is null ? words["Fairness.WholeBank"] : specialties.Label(specialty);
}
