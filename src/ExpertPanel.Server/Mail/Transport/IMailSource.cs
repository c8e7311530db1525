namespace ExpertPanel.Server.Mail.Transport;

/// <summary>Where the mail goes once it is stored.</summary>
public enum MailPlace
{
    Processed,
    Quarantine,

    /// <summary>It bears a state-secret mark: its bytes are deleted, here and in the mailbox.</summary>
    Nowhere,
}

/// <summary>
/// A mail as it arrived. Origin names where (file, or mailbox with UIDVALIDITY and UID); it may come again under another, so only its
/// bytes tell a repeat. When it is larger than allowed, Raw is its beginning only and IsWhole is false.
/// </summary>
public sealed record ArrivedMail(string Origin, byte[] Raw, long Size, bool IsWhole, DateTimeOffset ArrivedAt);

/// <summary>
/// An incoming mailbox. A mail leaves it only after the handler returned, that is after the raw mail was stored; when the handler
/// throws, or the connection breaks between the two, the mail stays and comes again.
/// </summary>
public interface IMailSource
{
    /// <summary>Hands over each waiting mail, one at a time, and returns how many. The handler's exceptions pass through and end the round.</summary>
    Task<int> FetchAsync(Func<ArrivedMail, CancellationToken, Task<MailPlace>> handler, CancellationToken ct);

    /// <summary>Returns when there may be new mail, at the latest after the given time.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken ct);
}

/// <summary>The mailbox can't be reached or broke off; its mails are safe where they are.</summary>
public sealed class MailSourceUnavailableException(string message, Exception inner) : IOException(message, inner);
