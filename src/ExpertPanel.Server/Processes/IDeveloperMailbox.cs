namespace ExpertPanel.Server.Processes;

/// <summary>The letters that left as files, and a way to answer one as its recipient would. Registered in Development only.</summary>
public interface IDeveloperMailbox
{
    IReadOnlyList<MailboxLetter> List(int most);

    /// <returns>Null when there is no such letter.</returns>
    Task<MailboxLetterDetail?> ShowAsync(string name, CancellationToken ct);

    /// <summary>Drops a reply to the letter into the inbox folder.</summary>
    /// <returns>False when there is no such letter.</returns>
    Task<bool> ReplyAsync(string name, string text, CancellationToken ct);
}

public sealed record MailboxLetter(string Name, string To, string Subject, DateTimeOffset WrittenAt);

public sealed record MailboxLetterDetail(MailboxLetter Letter, string ReplyTo, string Text, IReadOnlyList<string> Attachments);
