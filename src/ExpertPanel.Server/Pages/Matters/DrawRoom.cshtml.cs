using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The draw from the freeze to its result, whose turn it is, and every draw before it.</summary>
public sealed class DrawRoomModel(MatterAccess access, CommandDesk desk, KeptShares kept, Words words) : PageModel
{
    private const int ShareBytes = 32;

    public OpenMatter? Open { get; private set; }

    public Panel? Panel => Open?.Matter.Panel;

    /// <summary>The side for which the reader could commit a value now.</summary>
    public ShareSide? OpenSide { get; private set; }

    /// <summary>The reader's own value of this draw, committed and not yet shown.</summary>
    public BeaconShare? Mine { get; private set; }

    /// <summary>Whether this browser keeps the reader's value.</summary>
    public bool HasKept { get; private set; }

    /// <summary>What else the reader can do about the draw.</summary>
    public IReadOnlyList<MatterAction> Actions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken) => await OpenAsync(number, cancellationToken) ? Page() : NotFound();

    /// <summary>The reader's own value as a file, from their own browser.</summary>
    public async Task<IActionResult> OnGetKeptAsync(string number, CancellationToken cancellationToken)
    {
        if (!await OpenAsync(number, cancellationToken) || Open is not { } open || Panel is not { } panel) return NotFound();
        return Mine is not null && kept.Find(HttpContext, panel.DrawId, open.Me.Id) is { } value
            ? Downloads.Attachment(this, $"{open.Matter.Number}-random-value.txt", "text/plain", Encoding.ASCII.GetBytes(value + "\n"))
            : NotFound();
    }

    /// <summary>Makes a value, commits to it in the reader's name and shows it this once.</summary>
    public async Task<IActionResult> OnPostCommitAsync(string number, CancellationToken cancellationToken)
    {
        if (!await OpenAsync(number, cancellationToken) || Open is not { } open) return NotFound();
        if (Panel is not { } panel || OpenSide is not { } side) return NotNow("commitShare");
        var value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ShareBytes));
        if (await RunAsync(open, new CommitShare(ShareCommitment.Of(panel.DrawId, side, value)), cancellationToken) is { } refused) return refused;
        kept.Keep(HttpContext, panel.DrawId, open.Me.Id, value);
        this.Secret(words["Draw.YourValue"], value);
        return LocalRedirect($"{open.Url}/draw");
    }

    /// <summary>Shows the reader's value to everybody: the one this browser keeps, or one typed.</summary>
    public async Task<IActionResult> OnPostRevealAsync(string number, [FromForm(Name = "Value")] string? value, CancellationToken cancellationToken)
    {
        if (!await OpenAsync(number, cancellationToken) || Open is not { } open) return NotFound();
        if (Panel is not { } panel || Mine is null) return NotNow("revealShare");
        var shown = string.IsNullOrWhiteSpace(value) ? kept.Find(HttpContext, panel.DrawId, open.Me.Id) : value;
        if (await RunAsync(open, new RevealShare(shown ?? ""), cancellationToken) is { } refused) return refused;
        kept.Forget(HttpContext, panel.DrawId);
        this.Notice(words["Command.Done", Words.Command("revealShare")]);
        return LocalRedirect($"{open.Url}/draw");
    }

    private async Task<bool> OpenAsync(string number, CancellationToken cancellationToken)
    {
        Open = await access.FindAsync(number, cancellationToken);
        if (Open is not { AsSponsor: false } open || (open.Matter.Panel is null && open.Matter.FormerDraws.Count == 0)) return false;
        Actions = [.. MatterActions.Of(open).Where(a => a.Command is "enterBeacon" or "drawPanel" or "cancelDraw" or "requestRedraw" or "decideRedraw" or "prepareDraw")];
        if (open.Matter.Panel is not { Beacon: { } beacon } panel || open.Matter.Suspension is not null) return true;
        if (MatterActions.By(open, "commitShare") is not null) OpenSide = beacon.OpenSideFor(open.Me.Own);
        if (beacon.ShareOf(open.Me.Id) is { Value: null } share) Mine = share;
        HasKept = Mine is not null && kept.Find(HttpContext, panel.DrawId, open.Me.Id) is not null;
        return true;
    }

    /// <summary>Runs the command in the reader's own right; an answer where the rule says no.</summary>
    private async Task<IActionResult?> RunAsync(OpenMatter open, MatterCommand command, CancellationToken cancellationToken)
    {
        var outcome = await desk.RunAsync(open.Matter.Id, new BoundCommand(command, CommandField.Check(command)), open.Me.Own, "", cancellationToken);
        if (outcome.Done) return null;
        outcome.AddTo(ModelState);
        return await OpenAsync(open.Matter.Number, cancellationToken) ? Page() : NotFound();
    }

    private LocalRedirectResult NotNow(string command)
    {
        this.Notice(words["Draw.NotNow", Words.Command(command)]);
        return LocalRedirect($"{Open?.Url}/draw");
    }
}
