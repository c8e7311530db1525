using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>The ledger's columns, in the order of the paper form.</summary>
public static class LedgerTable
{
    /// <summary>More rows than this are not a list somebody reads; the file says so instead of running out of memory.</summary>
    public const int MostExported = 20_000;

    private static readonly string[] Keys =
    [
        "Ledger.Serial", "Ledger.ReceivedOn", "Matter.Number", "Matter.SponsoringUnit", "Matter.LetterNumber", "Matter.Title", "Matter.Type", "Matter.Secrecy",
        "Matter.Urgency", "Matter.Stage", "Matter.AcceptedOn", "Matter.Division", "Matter.Handler", "Ledger.Limit", "Ledger.Due", "Ledger.Asked", "Ledger.Replied",
        "Ledger.Meeting", "Matter.Conclusion", "Matter.DocumentNumber", "Matter.Signer", "Ledger.SentOn", "Ledger.DaysUsed", "Ledger.Adoption", "Ledger.ClosedOn",
        "Ledger.ArchiveNumber", "Ledger.Remark",
    ];

    public static int NumberColumn { get; } = Array.IndexOf(Keys, "Matter.Number");

    public static int TitleColumn { get; } = Array.IndexOf(Keys, "Matter.Title");

    public static int DueColumn { get; } = Array.IndexOf(Keys, "Ledger.Due");

    private static readonly HashSet<string> Summed = ["Ledger.Asked", "Ledger.Replied"];

    public static IReadOnlyList<string> Headers(Words words) => [.. Keys.Select(k => words[k])];

    public static IReadOnlyList<ExcelColumn> Columns(Words words) => [.. Keys.Select(k => new ExcelColumn(words[k], Total: Summed.Contains(k)))];

    public static IReadOnlyList<object?> Cells(LedgerRow row, int serial, Words words)
    {
        var m = row.Matter;
        return
        [
            serial, ChinaTime.LocalDate(m.ReceivedAt), m.Number, m.SponsoringUnit, m.LetterNumber, m.Title, words.Of<MatterType>(m.Type), words.Of<SecrecyLevel>(m.Secrecy),
            words.Of<UrgencyLevel>(m.Urgency), row.Stage, m.AcceptedAt is { } accepted ? ChinaTime.LocalDate(accepted) : null, m.Division, m.HandlerName, row.Limit(words), m.ReviewDue, m.ExpertsAsked, m.OpinionsIn,
            m.HadMeeting, m.Conclusion is null ? null : words.Of<ReviewConclusion>(m.Conclusion), m.DocumentNumber, m.SignerName, row.SentOn(), row.DaysUsed, m.Adoption is null ? null : words.Of<AdoptionKind>(m.Adoption), m.ClosedAt is { } closed ? ChinaTime.LocalDate(closed) : null,
            m.ArchiveNumber, row.Remark(words),
        ];
    }

    /// <summary>A cell as the page prints it.</summary>
    public static string Text(object? cell, Words words) => cell switch
    {
        null or "" => "",
        DateOnly day => Words.Day(day),
        bool on => words[on ? "Form.Yes" : "Form.No"],
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
