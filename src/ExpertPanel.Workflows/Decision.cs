namespace ExpertPanel.Workflows;

/// <summary>The rule says no: an expected answer, never an exception. Pages show it, the API maps it to problem+json.</summary>
/// <param name="Code">A stable code such as <c>opinion.round-closed</c>.</param>
/// <param name="Message">What is wrong and what to do next, in Chinese; English comes from the resources by code.</param>
/// <param name="Field">The command's field that is at fault, where one is.</param>
public sealed record Refusal(string Code, string Message, string? Field = null);

/// <summary>What follows from one command: facts, letters due and timers due, or a refusal. An empty decision means "already so".</summary>
public sealed record Decision
{
    public IReadOnlyList<MatterEvent> Events { get; private init; } = [];

    public IReadOnlyList<LetterDue> Letters { get; private init; } = [];

    public IReadOnlyList<TimerDue> Timers { get; private init; } = [];

    /// <summary>A draw's evidence, too large for the matter's own state; stored beside it in the same transaction.</summary>
    public DrawEvidence? Draw { get; private init; }

    public Refusal? Refusal { get; private init; }

    /// <summary>Asked twice: nothing to do, on purpose.</summary>
    public static Decision Nothing { get; } = new();

    public static Decision Refuse(string code, string message, string? field = null) => new() { Refusal = new(code, message, field) };

    public static Decision Record(params IReadOnlyList<MatterEvent> events) => new() { Events = events };

    public Decision And(params IReadOnlyList<MatterEvent> events) => this with { Events = [.. Events, .. events] };

    public Decision Send(params IReadOnlyList<LetterDue> letters) => this with { Letters = [.. Letters, .. letters] };

    public Decision Ask(params IReadOnlyList<TimerDue> timers) => this with { Timers = [.. Timers, .. timers] };

    public Decision Keep(DrawEvidence draw) => this with { Draw = draw };
}

/// <summary>A letter that must leave because of a step. The runner writes it as an outbox row in the step's transaction.</summary>
/// <param name="Kind">Which letter; see <see cref="LetterKinds"/>.</param>
/// <param name="To">To whom: an expert by id (the address is looked up), or an address given by the sponsor.</param>
/// <param name="Facts">What the letter says, beside what the matter itself tells.</param>
public sealed record LetterDue(string Kind, Recipient To, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The invitation whose reply token the letter carries, if it carries one.</summary>
    public Guid? InvitationId { get; init; }
}

/// <summary>Exactly one of <paramref name="ExpertId"/> and <paramref name="Address"/> is set.</summary>
public sealed record Recipient(string Name, Guid? ExpertId = null, string? Address = null);

/// <summary>The letters of the main route, as the outbox and the letter classes name them.</summary>
public static class LetterKinds
{
    public const string Consultation = "consultation";
    public const string ConsultationReminder = "consultation-reminder";
    public const string Thanks = "thanks";
    public const string InvitationWithdrawn = "invitation-withdrawn";
    public const string RoundExtended = "round-extended";
    public const string MeetingNotice = "meeting-notice";
    public const string SupplementNotice = "supplement-notice";
    public const string DeclineNotice = "decline-notice";
    public const string ReturnNotice = "return-notice";
    public const string TransferNotice = "transfer-notice";
    public const string SuspensionNotice = "suspension-notice";
    public const string ExtensionNotice = "extension-notice";
    public const string UnitConsultation = "unit-consultation";
    public const string OpinionDelivery = "opinion-delivery";
    public const string FeedbackReminder = "feedback-reminder";

    /// <summary>Asks the registered address whether an unsigned reply is the expert's own.</summary>
    public const string MailConfirmation = "mail-confirmation";

    /// <summary>Asks the registered address whether another address is the expert's too.</summary>
    public const string AddressConfirmation = "address-confirmation";

    /// <summary>A ready answer to a mail that could not be counted.</summary>
    public const string MailNotice = "mail-notice";

    /// <summary>Invites somebody to choose the password of an account.</summary>
    public const string AccountInvitation = "account-invitation";

    /// <summary>Those that follow from a command.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Consultation, ConsultationReminder, Thanks, InvitationWithdrawn, RoundExtended, MeetingNotice, SupplementNotice, DeclineNotice,
        ReturnNotice, TransferNotice, SuspensionNotice, ExtensionNotice, UnitConsultation, OpinionDelivery, FeedbackReminder,
    ];
}

/// <summary>A question to put to the matter at a moment. Never cancelled: when due it asks, and the state answers.</summary>
/// <param name="At">The moment (UTC).</param>
/// <param name="Command">The command that asks; run by the system actor.</param>
public sealed record TimerDue(DateTimeOffset At, MatterCommand Command);

/// <summary>A draw's frozen input and, once drawn, its transcript, as JSON text (CONTRACTS section 1).</summary>
public sealed record DrawEvidence(Guid DrawId, string InputJson, string InputHash, string SecretHash, string? TranscriptJson);
