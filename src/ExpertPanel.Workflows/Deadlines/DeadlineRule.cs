using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Deadlines;

[JsonConverter(typeof(JsonStringEnumConverter<DayUnit>))]
public enum DayUnit
{
    /// <summary>工作日.</summary>
    WorkingDay,

    /// <summary>日, 自然日: counted through, but never ending on a day nobody works (民诉法 art. 85).</summary>
    CalendarDay,
}

/// <summary>One time limit as a rule set states it. The whole rule is kept in each deadline made from it, so a later edit changes nothing in flight.</summary>
/// <param name="Id">Stable code, such as <c>review.major-decision</c>.</param>
/// <param name="Version">Counts the edits of this rule.</param>
/// <param name="Value">How many days.</param>
/// <param name="Unit">Of what kind.</param>
/// <param name="Source">The article that sets it.</param>
/// <param name="Trigger">The event that starts it.</param>
/// <param name="StartDayExcluded">The day of the trigger does not count (民诉法 art. 85).</param>
public sealed record DeadlineRule(
    string Id,
    int Version,
    int Value,
    DayUnit Unit,
    string Source,
    string Trigger,
    bool StartDayExcluded = true);
