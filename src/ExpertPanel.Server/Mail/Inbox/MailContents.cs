using System.Security.Cryptography;
using ExpertPanel.Server.Screening;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>A parsed mail taken apart: the text a person reads, and everything else as attachments.</summary>
internal sealed class MailContents
{
    /// <summary>An HTML form may leave out what a plain one spells out, links above all; a stub leaves out more.</summary>
    private const double FullShare = 0.6;

    private readonly ReadMailOptions limits;
    private readonly CancellationToken deadline;
    private readonly List<string> texts = [];
    private readonly List<ReadAttachment> attachments = [];
    private readonly List<AttachedMail> attachedMails = [];
    private readonly List<string> packedTexts = [];
    private bool inAttached;

    private MailContents(ReadMailOptions limits, CancellationToken deadline) => (this.limits, this.deadline) = (limits, deadline);

    public string Text => string.Join('\n', texts);

    public IReadOnlyList<ReadAttachment> Attachments => attachments;

    /// <summary>Mails that came inside this one; their attachments are theirs.</summary>
    public IReadOnlyList<AttachedMail> AttachedMails => attachedMails;

    /// <summary>Why the text could not be read whole; null when it was.</summary>
    public string? TextFault { get; private set; }

    public static MailContents Of(MimeMessage message, ReadMailOptions limits, CancellationToken deadline)
    {
        var contents = new MailContents(limits, deadline);
        if (message.Body is { } body) contents.Take(body);
        // What Outlook packed away is the text where the mail shows none of its own.
        if (string.IsNullOrWhiteSpace(contents.Text) && contents.TextFault is null) contents.texts.AddRange(contents.packedTexts);
        return contents;
    }

    /// <summary>Recursion is safe: the depth was limited when the mail was parsed.</summary>
    private void Take(MimeEntity entity)
    {
        deadline.ThrowIfCancellationRequested();
        switch (entity)
        {
            case MultipartAlternative alternative:
                TakeAlternative(alternative);
                break;
            case Multipart multipart:
                foreach (var child in multipart) Take(child);
                break;
            case MessagePart forwarded:
                Attach(forwarded, forwarded.Message is null ? [] : Bytes(forwarded.Message), (forwarded.Message?.Subject ?? "message") + ".eml", "message/rfc822");
                if (!inAttached && forwarded.Message is { } inside) attachedMails.Add(Inside(inside, attachments[^1].Name));
                break;
            case MimePart part when IsReadable(part):
                TakeText((TextPart)part);
                break;
            case MimePart part:
                var content = Bytes(part);
                var type = MediaTypeSniffer.Sniff(content);
                if (type != TnefParts.Type || !TakePacked(part)) Attach(part, content, part.FileName, type);
                break;
        }
    }

    /// <summary>One level and no further: a mail inside that mail stays a file.</summary>
    private AttachedMail Inside(MimeMessage message, string name)
    {
        var inside = new MailContents(limits, deadline) { inAttached = true };
        if (message.Body is { } body) inside.Take(body);
        if (string.IsNullOrWhiteSpace(inside.Text)) inside.texts.AddRange(inside.packedTexts);
        return new(name, Filters.Sender.Address(message), SubjectText.Of(message), inside.Text, inside.attachments);
    }

    /// <summary>The files of a winmail.dat become the mail's; its text waits, for it mostly repeats the mail's own.</summary>
    /// <returns>False where it could not be unpacked whole: then it stays the file it came as, beside what came out of it.</returns>
    private bool TakePacked(MimePart winmail)
    {
        var (unpacked, isWhole) = TnefParts.Open(winmail, limits, deadline);
        using var message = unpacked;
        var packed = new MailContents(limits, deadline) { inAttached = true };
        if (message?.Body is { } body) packed.Take(body);
        if (!string.IsNullOrWhiteSpace(packed.Text)) packedTexts.Add(packed.Text);
        attachments.AddRange(packed.attachments);
        return isWhole && (packed.attachments.Count > 0 || packed.texts.Count > 0);
    }

    /// <summary>The richest form, for its structure shows what is quoted; the plain one when that says nothing. What is no text at all is kept beside it.</summary>
    private void TakeAlternative(MultipartAlternative alternative)
    {
        var forms = alternative.ToList();
        var plain = forms.OfType<TextPart>().FirstOrDefault(text => text.IsPlain && IsReadable(text) && !string.IsNullOrWhiteSpace(Decode(text)));
        var rich = forms.LastOrDefault(form => form is TextPart { IsHtml: true } or Multipart);
        if ((rich is null || !TryTake(rich, plain is null ? 0 : Letters(Decode(plain)) * FullShare)) && (plain ?? forms.FirstOrDefault(form => form is TextPart)) is { } poorer) Take(poorer);
        foreach (var form in forms)
        {
            if (form == rich || form == plain) continue;
            if (form is MultipartRelated related) TakeAllButText(related);
            else if (form is not TextPart || form is TextPart { IsPlain: false, IsHtml: false }) Take(form);
        }
    }

    /// <summary>What proves too costly, or to say far less than the plain form does, is put back as if it had not been there.</summary>
    private bool TryTake(MimeEntity form, double letters)
    {
        var (before, files, fault) = (texts.Count, attachments.Count, TextFault);
        Take(form);
        if (letters == 0 || (TextFault == fault && texts.Skip(before).Sum(Letters) >= letters)) return true;
        texts.RemoveRange(before, texts.Count - before);
        attachments.RemoveRange(files, attachments.Count - files);
        TextFault = fault;
        if (form is Multipart related) TakeAllButText(related);
        return false;
    }

    /// <summary>Pictures of the HTML form that was not chosen: a photographed page may be the whole answer.</summary>
    private void TakeAllButText(Multipart related)
    {
        foreach (var child in related)
            if (child is MimePart and not TextPart)
                Take(child);
    }

    private static int Letters(string text) => text.EnumerateRunes().Count(System.Text.Rune.IsLetterOrDigit);

    private static bool IsReadable(MimePart part) => part is TextPart text && !text.IsAttachment && part.FileName is null && (text.IsPlain || text.IsHtml || text.IsFlowed || text.IsEnriched);

    private void TakeText(TextPart part)
    {
        var text = Decode(part);
        if (text.Length > limits.MaxTextCharacters)
        {
            TextFault = "text-too-long";
            text = part.IsHtml ? "" : text[..limits.MaxTextCharacters];
        }

        texts.Add(PlainText(part, text).ReplaceLineEndings("\n"));
    }

    private string PlainText(TextPart part, string text)
    {
        if (part.IsFlowed) return new MimeKit.Text.FlowedToText { DeleteSpace = IsTrue(part.ContentType.Parameters["delsp"]) }.Convert(text);
        if (!part.IsHtml) return text;
        // Half of what is left, so that a tree too costly to build still leaves time for the rest of the mail.
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        budget.CancelAfter(limits.Budget / 2);
        try
        {
            return HtmlText.ToPlain(text, budget.Token);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            TextFault = "html-too-complex";
            return "";
        }
    }

    private static bool IsTrue(string? value) => "yes".Equals(value, StringComparison.OrdinalIgnoreCase);

    private string Decode(TextPart part) => CharsetRepair.Decode(Bytes(part), part.ContentType.Charset);

    private void Attach(MimeEntity entity, byte[] content, string? name, string type)
    {
        var clean = AttachmentName.Clean(name ?? entity.ContentType.Name, attachments.Count + 1, MediaTypeSniffer.Extension(type));
        attachments.Add(new ReadAttachment(clean, type, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))) { Content = content });
    }

    private byte[] Bytes(MimePart part)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded, deadline);
        return decoded.ToArray();
    }

    private byte[] Bytes(MimeMessage message)
    {
        using var written = new MemoryStream();
        message.WriteTo(written, deadline);
        return written.ToArray();
    }
}
