using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.Extensions.Options;
using MimeKit;
using Loop = ExpertPanel.Server.Mail.Inbox.Filters.Loop;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>What a letter needs beside its row and its matter.</summary>
/// <param name="Token">The reply token, for a letter that belongs to an invitation.</param>
/// <param name="Consultation">The Message-ID of the consultation letter that this one follows up.</param>
/// <param name="Opinion">The issued opinion, for its delivery.</param>
/// <param name="Question">The token of the question that the letter asks about a held mail.</param>
public sealed record LetterExtras(string? Token = null, string? Consultation = null, DocumentFile? Opinion = null, string? Question = null);

/// <summary>A letter's row and its matter to a mail. The same row and matter give the same bytes, at every attempt.</summary>
public sealed class LetterComposer(IOptions<MailOptions> options, LetterHtml html)
{
    private readonly ConsultationAttachment consultationLetters = new();
    private readonly Links links = new(new Uri(options.Value.BaseUrl));

    /// <exception cref="FormatException">The recipient's address is none.</exception>
    public async Task<MimeMessage> ComposeAsync(LetterRow row, Matter matter, CommitteeRules rules, LetterExtras extras)
    {
        var document = Document(row, matter, rules, extras);
        var source = new LetterSource(row, matter, rules, extras.Token, links) { DocumentAttached = document is not null, ConfirmationToken = extras.Question };
        var letter = LetterCatalogue.Write(row.Kind, source);
        var message = new MimeMessage
        {
            MessageId = row.MessageId,
            Date = row.CreatedAt.ToOffset(ChinaTime.Offset),
            Subject = letter.Subject,
            Body = Body(row, letter.Text, await html.RenderAsync(letter), document, LetterCalendar.Of(row, source, options.Value.Domain)),
        };
        message.From.Add(new MailboxAddress(letter.Signature, options.Value.Mailbox));
        message.To.Add(To(row.ToAddress, source.ToName));
        if (extras.Token is { } token) message.ReplyTo.Add(new MailboxAddress(letter.Signature, ReplyAddress.Format(options.Value.Mailbox, token)));
        if ((source.Answers ?? extras.Consultation) is { } answered && answered != row.MessageId)
        {
            message.InReplyTo = answered;
            message.References.Add(answered);
        }

        // RFC 3834: an answer to a mail says that it is one, so that no machine answers it again.
        message.Headers.Add(HeaderId.AutoSubmitted, row.Kind == LetterKinds.MailNotice ? "auto-replied" : "auto-generated");
        message.Headers.Add(Loop.Header, "1");
        message.Headers.Add(HeaderId.ListId, $"<letters.{options.Value.Domain}>"); // A rule of the reader's mailbox can file them.
        return message;
    }

    private DocumentFile? Document(LetterRow row, Matter matter, CommitteeRules rules, LetterExtras extras) => row.Kind switch
    {
        _ when !matter.MailAllowed => null,
        LetterKinds.Consultation when options.Value.AttachConsultation => consultationLetters.Of(row, matter, rules),
        LetterKinds.OpinionDelivery => extras.Opinion,
        _ => null,
    };

    /// <summary>Chinese in base64 is a third longer, in quoted-printable three times as long.</summary>
    private static MimeEntity Body(LetterRow row, string text, string page, DocumentFile? document, MimePart? calendar)
    {
        // A random boundary would make every attempt another text.
        var alternative = new MultipartAlternative
        {
            new TextPart("plain") { Text = text, ContentTransferEncoding = ContentEncoding.Base64 },
            new TextPart("html") { Text = page, ContentTransferEncoding = ContentEncoding.Base64 },
        };
        alternative.Boundary = $"a-{row.Id:N}";
        if (document is null && calendar is null) return alternative;
        var mixed = new Multipart("mixed") { alternative };
        if (document is not null) mixed.Add(Attached(document));
        if (calendar is not null) mixed.Add(calendar);
        mixed.Boundary = $"m-{row.Id:N}";
        return mixed;
    }

    /// <summary>The name twice: by RFC 2231 as the standard has it, and as an encoded word, which is what older Foxmail and QQ Mail read.</summary>
    private static MimePart Attached(DocumentFile document)
    {
        var type = ContentType.Parse(document.MediaType);
        type.Parameters.Add(new Parameter("name", document.Name) { EncodingMethod = ParameterEncodingMethod.Rfc2047 });
        var disposition = new ContentDisposition(ContentDisposition.Attachment);
        disposition.Parameters.Add(new Parameter("filename", document.Name) { EncodingMethod = ParameterEncodingMethod.Rfc2231 });
        return new(type)
        {
            Content = new MimeContent(new MemoryStream(document.Content, writable: false)),
            ContentDisposition = disposition,
            ContentTransferEncoding = ContentEncoding.Base64,
        };
    }

    private static MailboxAddress To(string address, string name)
    {
        if (!MailboxAddress.TryParse(address, out var parsed) || parsed.Address.IndexOf('@', StringComparison.Ordinal) <= 0)
            throw new FormatException("收信地址不是有效的邮件地址");
        return new(name, parsed.Address);
    }
}
