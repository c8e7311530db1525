using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Processes;

/// <summary>The questions to experts about held mails: what the page behind the link shows, and what the answer brings about.</summary>
public interface IMailQuestions
{
    /// <summary>Null for whatever is no token of ours. Looking changes nothing.</summary>
    Task<MailQuestion?> FindAsync(string token, CancellationToken ct);

    /// <param name="origin">From where, as the history keeps it.</param>
    /// <returns>Null for whatever is no token of ours.</returns>
    Task<MailAnswer?> AnswerAsync(string token, bool yes, string origin, CancellationToken ct);
}

/// <param name="NewAddress">Set where the question is whether this address is the expert's too.</param>
/// <param name="FirstWords">The beginning of the reply; null where the matter's contents may not travel by mail.</param>
/// <param name="Expired">The opinion can no longer be given.</param>
public sealed record MailQuestion(
    string OfficeName, string Contact, string MatterNumber, DateTimeOffset ReceivedAt, string? NewAddress, OpinionStand? Stand, string? FirstWords, bool? Answer, bool Expired);

public enum MailAnswer
{
    /// <summary>The mail counts.</summary>
    Counted,

    /// <summary>The answer is on record; the mail waits for another reason, which a person looks at.</summary>
    Recorded,

    Denied,
    Expired,

    /// <summary>The question was answered the other way before.</summary>
    AnsweredBefore,
}
