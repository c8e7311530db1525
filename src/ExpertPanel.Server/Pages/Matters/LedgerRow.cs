using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>What the ledger needs of a matter's state beside the row's columns.</summary>
public sealed record LedgerState(Deadline? ReviewDeadline, Delivery? Delivery, Ending? Ending, MatterLink? Link);

/// <summary>One line of the 涉法事务台账: the same on the page and in the Excel file.</summary>
public sealed record LedgerRow(MatterRow Matter, LedgerState State, string Stage, DueLight? Light, int? DaysUsed)
{
    /// <summary>The stage's name, the light and the days used are worked out; the rest is the row's.</summary>
    public static LedgerRow Of(MatterRow row, Func<string, string> stageName, DateTimeOffset now, WorkingCalendar calendar)
    {
        var state = JsonSerializer.Deserialize<LedgerState>(row.State, MatterCommands.Json) ?? new(null, null, null, null);
        var sent = SentOn(row, state);
        return new(row, state, stageName(row.Stage), DueLight.OfReview(row, now, calendar), row.AcceptedAt is { } accepted && sent is { } day ? calendar.WorkingDaysBetween(ChinaTime.LocalDate(accepted), day) : null);
    }

    public DateOnly? SentOn() => SentOn(Matter, State);

    /// <summary>审查时限, such as 10个工作日; an extension is added.</summary>
    public string Limit(Words words) => State.ReviewDeadline is not { } deadline ? "" : words[deadline.Rule.Unit == DayUnit.WorkingDay ? "Ledger.WorkingDays" : "Ledger.CalendarDays", deadline.TotalDays];

    /// <summary>备注: what is unusual about it.</summary>
    public string Remark(Words words) => string.Join(words["List.Separator"], new[]
    {
        State.Ending is { } ending ? words.Of(ending.Kind) : null,
        Matter.Suspended ? words["Matter.Suspended"] : null,
        State.ReviewDeadline?.Extension is { } longer ? words["Ledger.Extended", longer.ExtraDays] : null,
        State.Link is { } link ? $"{words.Of(link.Kind)} {link.Number}" : null,
        Matter.OpenSlips > 0 ? words["Matter.Supervised"] : null,
    }.OfType<string>());

    private static DateOnly? SentOn(MatterRow row, LedgerState state) => state.Delivery is { } delivery ? ChinaTime.LocalDate(delivery.SentAt) : row.IssuedOn;
}
