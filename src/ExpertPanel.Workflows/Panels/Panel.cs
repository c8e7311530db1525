using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Panels;

/// <summary>An invitation's life. Only an <see cref="Invited"/> or <see cref="Accepted"/> one is open.</summary>
public enum InvitationState
{
    Seated,
    Invited,
    Accepted,
    Submitted,
    Declined,
    Recused,
    Lapsed,
    Withdrawn,
}

/// <summary>回避情形 (公务员法 art. 76, 律师法 art. 39, 713号令 art. 20).</summary>
public enum RecusalGround
{
    OwnInterest,
    RelativesInterest,
    ActsForAParty,
    EmployerIsParty,
    AdvisedBefore,
    OtherDoubt,
}

/// <summary>The expert's own answer, as the opinion form asks it.</summary>
public enum OpinionStand
{
    Lawful,
    LawfulWithChanges,
    Unlawful,
    Abstain,
}

public enum OpinionChannel
{
    Web,
    Mail,
    Paper,
}

/// <summary>专家意见: kept unchanged for ever; an amendment is a new version beside it.</summary>
/// <param name="RestoredBecause">Why the office put back what was cut off the mail; null for a version that the expert gave.</param>
/// <param name="ConfirmedAt">When the expert said by the link mailed to the registered address that the mail is the own one; null where its signature showed that.</param>
public sealed record LegalOpinion(
    int Version, OpinionStand Stand, string Text, string? Suggestions, bool Dissent, IReadOnlyList<OpinionFile> Files, OpinionChannel Channel,
    DateTimeOffset At, string? Evidence, string? RestoredBecause = null, DateTimeOffset? ConfirmedAt = null);

/// <param name="Id">The stored file.</param>
public sealed record OpinionFile(Guid Id, string Name, string MediaType, long Size, string Sha256);

/// <summary>One expert asked for one seat.</summary>
public sealed record Invitation
{
    public required Guid Id { get; init; }

    public required string Seat { get; init; }

    public required Guid ExpertId { get; init; }

    public required string BankNumber { get; init; }

    public required string ExpertName { get; init; }

    public required InvitationState State { get; init; }

    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>Accept or decline until the end of this day.</summary>
    public DateOnly AnswerBy { get; init; }

    /// <summary>The opinion is due at the end of this day.</summary>
    public DateOnly Due { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Why declined, recused, lapsed or withdrawn.</summary>
    public string? Reason { get; init; }

    public RecusalGround? Ground { get; init; }

    public IReadOnlyList<LegalOpinion> Opinions { get; init; } = [];

    /// <summary>Set when an opinion was struck from the count after it was given; the opinion itself stays.</summary>
    public string? InvalidBecause { get; init; }

    public bool IsOpen => State is InvitationState.Invited or InvitationState.Accepted;

    /// <summary>The newest two versions of one round come to different conclusions: a person should know before they are summarised.</summary>
    [JsonIgnore]
    public (LegalOpinion Before, LegalOpinion Now)? Contradiction =>
        State == InvitationState.Submitted && InvalidBecause is null && Opinions is [.., var before, var now] && before.Stand != now.Stand ? (before, now) : null;

    public LegalOpinion? Counted => State == InvitationState.Submitted && InvalidBecause is null ? Opinions[^1] : null;
}

/// <summary>专家组 of one matter: the draw it came from, its seats, who was asked, when the round closes.</summary>
public sealed record Panel
{
    public required Guid DrawId { get; init; }

    public required string InputHash { get; init; }

    public required string SecretHash { get; init; }

    public required IReadOnlyList<Draw.Seat> Seats { get; init; }

    public required string Questions { get; init; }

    public required Person PreparedBy { get; init; }

    public DateTimeOffset? PreparedAt { get; init; }

    /// <summary>How many experts of the bank were frozen with the draw.</summary>
    public int PoolSize { get; init; }

    /// <summary>The public value that the draw waits for; none for a panel of before there was one.</summary>
    public Beacons.DrawBeacon? Beacon { get; init; }

    /// <summary>Somebody asked to draw anew; another person decides.</summary>
    public RedrawRequest? Redraw { get; init; }

    /// <summary>Known once drawn.</summary>
    public string? Seed { get; init; }

    public DateTimeOffset? DrawnAt { get; init; }

    /// <summary>Seats that fewer than five experts could take when it was drawn.</summary>
    public IReadOnlyList<string> ThinSeats { get; init; } = [];

    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>The last due date of the round.</summary>
    public DateOnly? Due { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ShortfallReason { get; init; }

    public IReadOnlyList<string> VacantSeats { get; init; } = [];

    /// <summary>Who has to act next on the draw itself, and with what; nothing once it is drawn and nobody asked to draw anew.</summary>
    public (Role Role, string Command)? Awaited =>
        Redraw is not null ? (Role.DivisionHead, MatterCommands.NameOf(typeof(DecideRedraw))) : Seed is null ? Beacon?.Awaited : null;

    public bool AllAnswered => Invitations.Count > 0 && Invitations.All(i => i.State is not InvitationState.Seated && !i.IsOpen);

    public int ValidOpinions => Invitations.Count(i => i.Counted is not null);

    public Invitation? Find(Guid id) => Invitations.FirstOrDefault(i => i.Id == id);

    public Panel With(Invitation changed) => this with { Invitations = [.. Invitations.Select(i => i.Id == changed.Id ? changed : i)] };

    /// <summary>Nothing more is asked of who has not answered finally.</summary>
    public Panel WithdrawOpen(string why) => this with
    {
        Invitations = [.. Invitations.Select(i => i.IsOpen || i.State == InvitationState.Seated ? i with { State = InvitationState.Withdrawn, Reason = why } : i)],
    };

    /// <summary>Puts other days in place of the open invitations' and the round's own.</summary>
    public Panel Postpone(Func<DateOnly, DateOnly> later) => this with
    {
        Due = Due is { } due ? later(due) : null,
        Invitations = [.. Invitations.Select(i => i.IsOpen ? i with { AnswerBy = later(i.AnswerBy), Due = later(i.Due) } : i)],
    };
}

/// <summary>The count of stands, and whether the office's conclusion goes against it.</summary>
public sealed record Tally(int Lawful, int WithChanges, int Unlawful, int Abstain)
{
    public static Tally Of(Panel panel)
    {
        var stands = panel.Invitations.Select(i => i.Counted?.Stand).OfType<OpinionStand>().ToList();
        return new(stands.Count(s => s == OpinionStand.Lawful), stands.Count(s => s == OpinionStand.LawfulWithChanges),
            stands.Count(s => s == OpinionStand.Unlawful), stands.Count(s => s == OpinionStand.Abstain));
    }

    /// <summary>More experts hold the opposite. Lawful with or without changes is one side, unlawful the other; a tie decides nothing.</summary>
    public bool Differs(Matters.ReviewConclusion conclusion) => conclusion switch
    {
        Matters.ReviewConclusion.Lawful or Matters.ReviewConclusion.LawfulWithChanges => Unlawful > Lawful + WithChanges,
        Matters.ReviewConclusion.Unlawful => Lawful + WithChanges > Unlawful,
        _ => false,
    };
}

/// <summary>汇总: for, against, abstaining, with the reasons; dissent is never left out.</summary>
public sealed record OpinionSummary(Tally Tally, string Text, IReadOnlyList<string> Dissents, Person By, DateTimeOffset At);

/// <summary>论证会</summary>
public sealed record Meeting(
    DateTimeOffset Starts, string Place, string Agenda, IReadOnlyList<string> Participants, DateTimeOffset CalledAt, MeetingMinutes? Minutes);

public sealed record MeetingMinutes(
    string Chair, IReadOnlyList<string> Attended, IReadOnlyList<string> Absent, IReadOnlyList<string> Observers, string Views, int For,
    int Against, int Abstain, string Opinion, string? Dissent, Person By, DateTimeOffset At);
