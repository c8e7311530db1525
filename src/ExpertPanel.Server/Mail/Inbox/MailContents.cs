using System.Security.Cryptography;
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

    private MailContents(ReadMailOptions limits, CancellationToken deadline) => (this.limits, this.deadline) = (limits, deadline);

    public string Text => string.Join('\n', texts);

    public IReadOnlyList<ReadAttachment> Attachments => attachments;

    /// <summary>Why the text could not be read whole; null when it was.</summary>
    public string? TextFault { get; private set; }

    public static MailContents Of(MimeMessage message, ReadMailOptions limits, CancellationToken deadline)
    {
        var contents = new MailContents(limits, deadline);
        if (message.Body is { } body) contents.Take(body);
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
                break;
            case MimePart part when IsReadable(part):
                TakeText((TextPart)part);
                break;
            case MimePart part:
                var content = Bytes(part);
                Attach(part, content, part.FileName, MediaTypeSniffer.Sniff(content));
                break;
        }
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
