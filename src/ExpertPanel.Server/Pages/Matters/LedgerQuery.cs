using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>What the ledger is asked for. It stands whole in the address, so that a filtered list can be kept and passed on.</summary>
public sealed class LedgerQuery
{
    public const int MostSearched = 100;

    public static IReadOnlyList<int> Sizes { get; } = [20, 50, 100];

    /// <summary>A minus sorts backwards.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["-number", "number", "due", "-due", "-received", "received", "sponsor", "stage", "handler"];

    public string? Q { get; set; }

    public string? Stage { get; set; }

    public string? Type { get; set; }

    /// <summary>The handler's id. Not named "handler": that word of an address names a page's handler.</summary>
    public string? Person { get; set; }

    public string? Urgency { get; set; }

    public int? Year { get; set; }

    public string? Light { get; set; }

    /// <summary><c>open</c>, <c>closed</c>, or one of <see cref="EndingKind"/>.</summary>
    public string? Ended { get; set; }

    public string? Sort { get; set; }

    public int Size { get; set; } = Sizes[0];

    /// <summary>Only what this person may see at all: a sponsor its own unit's.</summary>
    public static IQueryable<MatterRow> Visible(PanelDb db, SignedIn me)
    {
        if (MatterAccess.IsStaff(me)) return db.Matters;
        var unit = me.SponsoringUnit ?? "";
        return db.Matters.Where(m => unit != "" && m.SponsoringUnit == unit);
    }

    public IQueryable<MatterRow> Filter(IQueryable<MatterRow> matters, DateOnly today)
    {
        if (!string.IsNullOrWhiteSpace(Q)) matters = Search(matters, Q.Trim());
        if (!string.IsNullOrEmpty(Stage)) matters = matters.Where(m => m.Stage == Stage);
        if (!string.IsNullOrEmpty(Type)) matters = matters.Where(m => m.Type == Type);
        if (!string.IsNullOrEmpty(Person)) matters = matters.Where(m => m.HandlerId == Person);
        if (!string.IsNullOrEmpty(Urgency)) matters = matters.Where(m => m.Urgency == Urgency);
        if (Year is >= 1949 and <= 9998)
        {
            var (from, to) = (ChinaTime.At(new(Year.Value, 1, 1), 0), ChinaTime.At(new(Year.Value + 1, 1, 1), 0));
            matters = matters.Where(m => m.ReceivedAt >= from && m.ReceivedAt < to);
        }

        matters = Ended switch
        {
            "open" => matters.Where(m => m.ClosedAt == null),
            "closed" => matters.Where(m => m.ClosedAt != null && m.Ending == null),
            null or "" => matters,
            _ => matters.Where(m => m.Ending == Ended),
        };
        return Light switch
        {
            nameof(DeadlineLight.Red) => Open(matters).Where(m => m.ReviewDue < today && !(m.ReviewPausedOn != null && m.ReviewPausedOn <= m.ReviewDue)),
            nameof(DeadlineLight.Paused) => Open(matters).Where(m => m.ReviewPausedOn != null && (m.ReviewDue >= today || m.ReviewPausedOn <= m.ReviewDue)),
            nameof(DeadlineLight.Yellow) => Open(matters).Where(m => m.ReviewDue >= today && m.ReviewPausedOn == null && (m.ReviewHalfWay ?? m.ReviewDue) <= today),
            nameof(DeadlineLight.Green) => Open(matters).Where(m => m.ReviewDue >= today && m.ReviewPausedOn == null && (m.ReviewHalfWay ?? m.ReviewDue) > today),
            nameof(DeadlineLight.Met) => matters.Where(m => m.ReviewMetAt != null),
            _ => matters,
        };
    }

    public IQueryable<MatterRow> Order(IQueryable<MatterRow> matters) => Sort switch
    {
        "number" => matters.OrderBy(m => m.Number),
        "due" => matters.OrderBy(m => m.ReviewDue == null).ThenBy(m => m.ReviewDue).ThenBy(m => m.Number),
        "-due" => matters.OrderByDescending(m => m.ReviewDue).ThenBy(m => m.Number),
        "received" => matters.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Number),
        "-received" => matters.OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Number),
        "sponsor" => matters.OrderBy(m => m.SponsoringUnit).ThenBy(m => m.Number),
        "stage" => matters.OrderBy(m => m.Stage).ThenBy(m => m.Number),
        "handler" => matters.OrderBy(m => m.HandlerName == null).ThenBy(m => m.HandlerName).ThenBy(m => m.Number),
        _ => matters.OrderByDescending(m => m.Number),
    };

    /// <summary>With a review not yet done; its light as <see cref="DueLight"/> gives it.</summary>
    private static IQueryable<MatterRow> Open(IQueryable<MatterRow> matters) =>
        matters.Where(m => m.ReviewDue != null && m.ReviewMetAt == null && m.ClosedAt == null);

    private static IQueryable<MatterRow> Search(IQueryable<MatterRow> matters, string text)
    {
        var sought = text.Length > MostSearched ? text[..MostSearched] : text;
        // People type [2014] and 【2014】; the register has 〔2014〕.
        var number = DocumentNumber.TryParse(sought, out var parsed) ? parsed.ToString() : sought;
        return matters.Where(m => m.Number.Contains(sought) || m.Title.Contains(sought) || m.SponsoringUnit.Contains(sought)
            || m.LetterNumber.Contains(sought) || (m.DocumentNumber != null && m.DocumentNumber.Contains(number)));
    }
}
