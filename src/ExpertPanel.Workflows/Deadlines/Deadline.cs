using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Deadlines;

/// <summary>A running, paused or met time limit with everything its due date was computed from. <see cref="DeadlineClock"/> moves it.</summary>
public sealed record Deadline
{
    public required DeadlineRule Rule { get; init; }

    /// <summary>The moment of the trigger.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The last day, in Beijing. During a pause: the day it would be without that pause.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The day, in Beijing, on which half of the days, rounded up, are used: kept, so that a list shows the same light as the matter's own page.</summary>
    public DateOnly? HalfWay { get; init; }

    /// <summary>The calendar <see cref="Due"/> was computed with.</summary>
    public required string CalendarVersion { get; init; }

    public IReadOnlyList<DeadlinePause> Pauses { get; init; } = [];

    public DeadlineExtension? Extension { get; init; }

    /// <summary>Earlier due dates, oldest first.</summary>
    public IReadOnlyList<DueDateChange> History { get; init; } = [];

    public DateTimeOffset? MetAt { get; init; }

    /// <summary>The midnight that ends the due day: from here on it is late.</summary>
    [JsonIgnore]
    public DateTimeOffset DueAt => ChinaTime.EndOfDay(Due);

    [JsonIgnore]
    public int TotalDays => Rule.Value + (Extension?.ExtraDays ?? 0);

    [JsonIgnore]
    public bool IsPaused => Pauses is [.., { To: null }];

    /// <summary>The day, in Beijing, on which the pause that is still open began; none once met.</summary>
    [JsonIgnore]
    public DateOnly? PausedOn => MetAt is null && Pauses is [.., { To: null } pause] ? ChinaTime.LocalDate(pause.From) : null;

    /// <summary>One extension only, and none for what is done.</summary>
    [JsonIgnore]
    public bool CanExtend => Extension is null && MetAt is null;

    /// <summary>Late now, or met late. A pause that began in time stops this; one that began afterwards heals nothing.</summary>
    public bool IsLate(DateTimeOffset now) => MetAt is { } met
        ? met >= DueAt
        : now >= DueAt && !(Pauses is [.., { To: null } pause] && pause.From < DueAt);
}

/// <summary>A stretch during which the clock stood still; open while <paramref name="To"/> is null.</summary>
/// <param name="From">When it stopped.</param>
/// <param name="To">When it went on.</param>
/// <param name="Cause">A code, such as <c>supplement</c> or <c>suspension</c>.</param>
public sealed record DeadlinePause(DateTimeOffset From, DateTimeOffset? To, string Cause);

/// <summary>The one approved extension, in the rule's own unit.</summary>
public sealed record DeadlineExtension(int ExtraDays, string Approver, string Reason, DateTimeOffset At);

[JsonConverter(typeof(JsonStringEnumConverter<DueDateChangeReason>))]
public enum DueDateChangeReason
{
    Resumed,
    Extended,
    CalendarChanged,

    /// <summary>加急.</summary>
    Expedited,
}

/// <summary>A due date that no longer holds, and why.</summary>
public sealed record DueDateChange(DateOnly OldDue, string CalendarVersion, DueDateChangeReason Why, DateTimeOffset At);
