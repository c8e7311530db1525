using System.Text.RegularExpressions;
using MimeKit;

namespace ExpertPanel.BrowserTests;

/// <summary>The post of the office under test: letters leave as files in <c>out</c>, replies are dropped as files into <c>in</c>.</summary>
public sealed partial class MailFolders(string folder)
{
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(60);

    /// <summary>Every letter whose subject or text has this, oldest first; waits until there are so many.</summary>
    public Task<List<MimeMessage>> LettersAsync(string about, int atLeast) =>
        Poll.UntilAsync($"{atLeast} letters about {about}", ArrivesWithin, async () =>
        {
            var letters = new List<MimeMessage>();
            foreach (var file in Letters()) letters.Add(await MimeMessage.LoadAsync(file));
            return letters.FindAll(letter => Says(letter, about)) is { } found && found.Count >= atLeast ? found : null;
        });

    /// <summary>The first letter to each expert of the matter, oldest first; waits until so many experts were asked.</summary>
    public Task<List<MimeMessage>> InvitationsAsync(string number, int experts) =>
        Poll.UntilAsync($"letters to {experts} experts about {number}", ArrivesWithin, async () =>
        {
            var letters = (await LettersAsync(number, 0)).FindAll(letter => Link().IsMatch(letter.TextBody ?? ""));
            return letters.DistinctBy(AddressOf).ToList() is { } asked && asked.Count >= experts ? asked : null;
        });

    /// <summary>The letters that are there now, for <see cref="NextLetterAsync"/>.</summary>
    public IReadOnlySet<string> Known() => Letters().ToHashSet(StringComparer.Ordinal);

    /// <summary>The first letter to the address that was not there before.</summary>
    /// <param name="about">In its subject, where that matters.</param>
    public Task<MimeMessage> NextLetterAsync(string to, IReadOnlySet<string> known, string about = "") =>
        Poll.UntilAsync($"a new letter to {to}", ArrivesWithin, async () =>
        {
            foreach (var file in Letters().Where(file => !known.Contains(file)))
                if (await MimeMessage.LoadAsync(file) is { } letter && AddressOf(letter) == to && (letter.Subject ?? "").Contains(about, StringComparison.Ordinal)) return letter;
            return null;
        });

    /// <summary>An expert's mail program answers the letter: to Reply-To, the letter quoted below.</summary>
    /// <param name="from">Another address than the registered one.</param>
    /// <param name="to">Another address than Reply-To.</param>
    public async Task ReplyAsync(MimeMessage letter, string text, string? from = null, string? to = null)
    {
        var reply = new MimeMessage { Subject = "回复：" + letter.Subject, MessageId = MimeKit.Utils.MimeUtils.GenerateMessageId("example.test"), InReplyTo = letter.MessageId };
        reply.From.Add(new MailboxAddress("", from ?? AddressOf(letter)));
        reply.To.AddRange(to is null ? letter.ReplyTo : [new MailboxAddress("", to)]);
        var quoted = string.Concat((letter.TextBody ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => "> " + line + "\r\n"));
        reply.Body = new TextPart("plain") { Text = $"{text}\r\n\r\n在 2026年，{letter.From} 写道：\r\n{quoted}" };

        var place = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "in")).FullName, reply.MessageId + ".eml");
        await reply.WriteToAsync(place + ".tmp");
        File.Move(place + ".tmp", place);
    }

    /// <summary>As the pages name the made-up expert of the address.</summary>
    public static string ExpertOf(MimeMessage letter) => "示例专家" + AddressOf(letter)["expert".Length..].Split('@')[0];

    public static string AddressOf(MimeMessage letter) => letter.To.Mailboxes.Single().Address;

    /// <summary>The expert's own page, from the text of the letter.</summary>
    public static string LinkIn(MimeMessage letter) => Link().Match(letter.TextBody ?? "") is { Success: true } match ? match.Value : throw new InvalidDataException("The letter has no link:\n" + letter.TextBody);

    public static string CodeIn(MimeMessage letter) => Code().Match(letter.TextBody ?? "") is { Success: true } match ? match.Value : throw new InvalidDataException("The letter has no code:\n" + letter.TextBody);

    private IEnumerable<string> Letters()
    {
        var place = Path.Combine(folder, "out");
        return Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.eml").Order(StringComparer.Ordinal) : [];
    }

    private static bool Says(MimeMessage letter, string about) =>
        letter.Subject?.Contains(about, StringComparison.Ordinal) == true || letter.TextBody?.Contains(about, StringComparison.Ordinal) == true;

    [GeneratedRegex(@"http://\S+/r/[a-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
