using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Screening;
using ExpertPanel.Server.Upgrades;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Desk;

/// <summary>The desk: what waits for me, what of mine is under way, what I did; for the secretariat also the mail that needs a person.</summary>
public sealed class IndexModel(PanelDb db, DeskLists lists, CurrentActor current, StageNames stages, CommitteeSettings settings, UpgradeFinder upgrades, FileScanner scanner, TimeProvider clock) : PageModel
{
    private const int Size = 25;
    private const int MostInBox = 5;
    private const string Held = "held";

    /// <summary>The reason of a mail that the expert said not to have sent.</summary>
    private const string Denied = "denied";

    public static IReadOnlyList<string> Tabs { get; } = ["todo", "progress", "done"];

    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = "todo";

    [BindProperty(SupportsGet = true, Name = PagerModel.Parameter)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerModel Pager => new(PageNumber, Size, Counts[Tab], Request);

    public Box? FailedLetters { get; private set; }

    public Box? HeldMails { get; private set; }

    /// <summary>Mails and uploads with a state-secret mark that nobody has dealt with yet.</summary>
    public int StateSecrets { get; private set; }

    /// <summary>Mails that the expert whose address they bear says not to have sent.</summary>
    public int DeniedMails { get; private set; }

    /// <summary>Matters under way in which an expert's newest two versions come to different conclusions.</summary>
    public IReadOnlyList<string> Contradictions { get; private set; } = [];
    /// <summary>Infected files of matters under way, and infected mails that wait.</summary>
    public int Infected { get; private set; }

    /// <summary>The matters they belong to, the first few.</summary>
    public IReadOnlyList<string> InfectedIn { get; private set; } = [];

    /// <summary>Files and held mails that are not given out until the virus scanner answers; none where no scanner is configured.</summary>
    public int Unscanned { get; private set; }

    /// <summary>What a newer program brings; shown to whoever may adopt it.</summary>
    public Upgrade? Upgrade { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (!Tabs.Contains(Tab)) Tab = Tabs[0];
        var me = await current.GetAsync();
        var (todo, progress, done) = (lists.Todo(me), lists.InProgress(me), lists.Done(me));
        Counts = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["todo"] = await todo.CountAsync(cancellationToken),
            ["progress"] = await progress.CountAsync(cancellationToken),
            ["done"] = await done.CountAsync(cancellationToken),
        };
        PageNumber = PagerModel.Within(PageNumber, Size, Counts[Tab]);
        var shown = Tab switch
        {
            "todo" => Cells(InOrder(todo)),
            "progress" => Cells(InOrder(progress)),
            _ => Cells(done.OrderByDescending(d => d.ActedAt).Select(d => d.Matter)),
        };
        var cells = await shown.Skip((PageNumber - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        await ShowAsync(cells, me, cancellationToken);
        if (me.Roles.Overlaps(UpgradeAdoption.MayAdopt)) Upgrade = await upgrades.FindAsync(db, cancellationToken);
        if (me.Is(Role.Secretariat)) await FillBoxesAsync(cancellationToken);
    }

    /// <summary>The nearest deadline first, then the most urgent, then the longest waiting.</summary>
    private static IQueryable<MatterRow> InOrder(IQueryable<MatterRow> matters) => matters
        .OrderBy(m => m.ReviewDue == null && m.StageDue == null)
        .ThenBy(m => m.StageDue ?? m.ReviewDue)
        .ThenBy(m => m.Urgency == nameof(UrgencyLevel.Normal))
        .ThenBy(m => m.RegisteredAt);

    private static IQueryable<Cell> Cells(IQueryable<MatterRow> matters) => matters.Select(m => new Cell(
        m.Number, m.Title, m.Stage, m.SponsoringUnit, m.HandlerName, m.Urgency, m.Suspended,
        new Limit(m.WaitingFor == null ? null : m.StageDue, m.StageHalfWay, m.StagePausedOn),
        new Limit(m.ReviewMetAt == null && m.WaitingFor != null ? m.ReviewDue : null, m.ReviewHalfWay, m.ReviewPausedOn), m.OpenSlips, m.ConflictRoles));

    private async Task ShowAsync(IReadOnlyList<Cell> cells, SignedIn me, CancellationToken cancellationToken)
    {
        if (cells.Count == 0) return;
        var name = await stages.LoadAsync(cancellationToken);
        var (calendar, now) = (await settings.CalendarAsync(db, cancellationToken), clock.GetUtcNow());
        Rows = [.. cells.Select(c => new Row(c, name(c.Stage), LightOf(c, now, calendar), c.ConflictRoles is { } deciding && me.Roles.Any(r => deciding.Contains($"\n{r}\n", StringComparison.Ordinal))))];
    }

    /// <summary>The stage's own limit or the review's, whichever ends first.</summary>
    private static DueLight? LightOf(Cell c, DateTimeOffset now, WorkingCalendar calendar)
    {
        var first = c.StageLimit.Due is { } stage && (c.ReviewLimit.Due is not { } review || stage <= review) ? c.StageLimit : c.ReviewLimit;
        return DueLight.Of(first.Due, first.HalfWay, first.PausedOn, now, calendar);
    }

    private async Task FillBoxesAsync(CancellationToken cancellationToken)
    {
        var letters = db.Letters.Where(l => l.FailedAt != null);
        var mails = db.InboundMails.Where(m => m.State == Held);
        FailedLetters = new(
            await letters.CountAsync(cancellationToken),
            await letters.OrderByDescending(l => l.FailedAt).Take(MostInBox).Select(l => new BoxLine(l.ToName, l.Subject ?? l.Kind, l.FailedAt)).ToListAsync(cancellationToken));
        StateSecrets = await mails.CountAsync(m => m.Reason == InboundMailRow.StateSecret, cancellationToken);
        var infected = db.Matters.Where(m => m.WaitingFor != null).Join(db.Files.Where(f => f.Scan == ScanState.Infected), m => m.Id, f => f.MatterId, (m, f) => m.Number);
        InfectedIn = await infected.Distinct().OrderBy(n => n).Take(MostInBox).ToListAsync(cancellationToken);
        Infected = await infected.CountAsync(cancellationToken) + await mails.CountAsync(m => m.Scan == ScanState.Infected, cancellationToken);
        if (scanner.IsConfigured)
            Unscanned = await db.Files.CountAsync(f => f.Scan == ScanState.Waiting, cancellationToken)
                + await mails.CountAsync(m => m.Scan == ScanState.Waiting && m.Reason != InboundMailRow.StateSecret, cancellationToken);
        HeldMails = new(
            await mails.CountAsync(cancellationToken),
            await mails.OrderByDescending(m => m.ReceivedAt).Take(MostInBox).Select(m => new BoxLine(m.FromAddress ?? "", m.Subject ?? "", m.ReceivedAt)).ToListAsync(cancellationToken))
        {
            OldestAge = await mails.MinAsync(m => (DateTimeOffset?)m.ReceivedAt, cancellationToken) is { } oldest ? clock.GetUtcNow() - oldest : null,
        };
        DeniedMails = await mails.CountAsync(m => m.Reason == Denied, cancellationToken);
        Contradictions = await db.Invitations.Where(i => i.Contradicts).Join(db.Matters.Where(m => m.WaitingFor != null && m.DocumentNumber == null), i => i.MatterId, m => m.Id, (i, m) => m.Number)
            .Distinct().OrderBy(n => n).Take(MostInBox).ToListAsync(cancellationToken);
    }

    public sealed record Cell(
        string Number, string Title, string Stage, string SponsoringUnit, string? HandlerName, string Urgency, bool Suspended, Limit StageLimit,
        Limit ReviewLimit, int OpenSlips, string? ConflictRoles);

    public sealed record Limit(DateOnly? Due, DateOnly? HalfWay, DateOnly? PausedOn);

    /// <param name="Matter">What the list shows.</param>
    /// <param name="Stage">Its stage's name.</param>
    /// <param name="Light">The nearest limit.</param>
    /// <param name="Decides">The reader has near matches to decide.</param>
    public sealed record Row(Cell Matter, string Stage, DueLight? Light, bool Decides);

    public sealed record Box(int Count, IReadOnlyList<BoxLine> Lines)
    {
        /// <summary>How long the longest waiting has waited; null where none waits, or waiting does not matter.</summary>
        public TimeSpan? OldestAge { get; init; }
    }

    public sealed record BoxLine(string Who, string What, DateTimeOffset? At);
}
