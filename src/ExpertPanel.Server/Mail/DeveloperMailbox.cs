using ExpertPanel.Server.Processes;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ExpertPanel.Server.Mail;

/// <summary>App_Data/mail as a mailbox: a developer reads an expert's letter and answers it without any mail program.</summary>
public sealed class DeveloperMailbox(IOptions<MailOptions> options, TimeProvider clock) : IDeveloperMailbox
{
    public IReadOnlyList<MailboxLetter> List(int most) => [.. Files().OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(most).Select(Head)];

    public async Task<MailboxLetterDetail?> ShowAsync(string name, CancellationToken ct)
    {
        if (Find(name) is not { } file) return null;
        using var letter = await MimeMessage.LoadAsync(file.FullName, ct);
        return new(Describe(file.Name, letter), (letter.ReplyTo.Mailboxes.FirstOrDefault() ?? letter.From.Mailboxes.First()).Address, letter.TextBody ?? "",
            [.. letter.Attachments.OfType<MimePart>().Select(a => a.FileName ?? "")]);
    }

    public async Task<bool> ReplyAsync(string name, string text, CancellationToken ct)
    {
        if (Find(name) is not { } file) return false;
        using var letter = await MimeMessage.LoadAsync(file.FullName, ct);
        var from = letter.To.Mailboxes.First();
        using var reply = new MimeMessage
        {
            Subject = "回复：" + letter.Subject,
            Date = clock.GetUtcNow(),
            MessageId = $"{Guid.CreateVersion7():N}@{from.Domain}",
            InReplyTo = letter.MessageId,
            Body = new TextPart("plain") { Text = $"{text}\n\n在 {letter.Date:yyyy-MM-dd HH:mm}，{letter.From.Mailboxes.First().Name} 写道：\n{Quoted(letter.TextBody)}" },
        };
        reply.From.Add(from);
        reply.To.Add(letter.ReplyTo.Mailboxes.FirstOrDefault() ?? letter.From.Mailboxes.First());
        reply.References.Add(letter.MessageId ?? "");
        var folder = Directory.CreateDirectory(options.Value.InFolder).FullName;
        var path = Path.Combine(folder, $"{Guid.CreateVersion7():N}.eml");
        await reply.WriteToAsync(path + ".tmp", ct);
        File.Move(path + ".tmp", path);
        return true;
    }

    private IEnumerable<FileInfo> Files() => Directory.Exists(options.Value.OutFolder) ? new DirectoryInfo(options.Value.OutFolder).EnumerateFiles("*.eml") : [];

    /// <summary>Found among what is there: a name is never made into a path.</summary>
    private FileInfo? Find(string name) => Files().FirstOrDefault(f => f.Name == name);

    private static MailboxLetter Head(FileInfo file)
    {
        using var raw = file.OpenRead();
        var headers = new MimeParser(raw, MimeFormat.Entity).ParseHeaders();
        using var head = new MimeMessage(headers);
        return Describe(file.Name, head);
    }

    private static MailboxLetter Describe(string name, MimeMessage letter) =>
        new(name, letter.To.Mailboxes.FirstOrDefault()?.Address ?? "", letter.Subject ?? "", letter.Date);

    private static string Quoted(string? text) => string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => "> " + line));
}
