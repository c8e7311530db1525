using System.Security.Cryptography;
using ExpertPanel.Server.Mail.Inbox.Filters;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Raw bytes to a verdict. Never throws on what a stranger wrote, and never takes more time or memory than its limits say: sizes are
/// measured before parsing, the parser reads through a stream that ends with the budget, and what a parser can't take is held.
/// </summary>
public sealed class MailReader(IDkimKeys keys, TimeProvider clock)
{
    private static readonly string[] RecipientHeaders = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"];

    public MailReader()
        : this(new NoDkimKeys(), TimeProvider.System)
    {
    }

    public async Task<ReadMail> ReadAsync(Stream raw, ReadMailOptions limits, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long size = 0;
        var start = clock.GetTimestamp();
        for (int read; (read = await raw.ReadAsync(buffer, ct)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
            // Far too large, and no end in sight: even its hash is not worth waiting for.
            if (size > limits.MaxBytes && clock.GetElapsedTime(start) > limits.Budget) return Oversized(kept.ToArray(), sha256: "", limits, ct);
            if (size + read <= limits.MaxBytes) await kept.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return size > limits.MaxBytes
            ? Oversized(kept.ToArray(), Convert.ToHexStringLower(hash.GetHashAndReset()), limits, ct)
            : await ReadAsync(kept.ToArray(), limits, ct);
    }

    public async Task<ReadMail> ReadAsync(byte[] raw, ReadMailOptions limits, CancellationToken ct)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(raw));
        if (raw.Length > limits.MaxBytes) return Oversized(raw, sha256, limits, ct);
        if (HeaderBlocks.TooLong(raw, limits.MaxHeaderBytes)) return Unreadable("header-too-long", sha256);

        using var timer = new CancellationTokenSource(limits.Budget, clock);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            return await Task.Run(() => ReadWithinAsync(raw, sha256, limits, budget.Token), budget.Token).WaitAsync(budget.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Unreadable("time-budget", sha256);
        }
    }

    /// <summary>For a mail too big to be fetched: its beginning and its size are all there is.</summary>
    public ReadMail Oversized(byte[] beginning, string sha256, ReadMailOptions limits, CancellationToken ct) =>
        Described(beginning, new ReadMail { Kind = MailKind.Oversized, Verdict = MailVerdict.Hold, Reason = "oversized", Sha256 = sha256 }, limits, ct);

    private static ReadMail Unreadable(string reason, string sha256) => new() { Kind = MailKind.Unreadable, Verdict = MailVerdict.Hold, Reason = reason, Sha256 = sha256 };

    private async Task<ReadMail> ReadWithinAsync(byte[] raw, string sha256, ReadMailOptions limits, CancellationToken budget)
    {
        try
        {
            return MailShape.Exceeds(raw, limits, budget) is { } reason
                ? Described(raw, Unreadable(reason, sha256), limits, budget)
                : await ReadParsedAsync(raw, sha256, limits, budget);
        }
        catch (FormatException)
        {
            return Unreadable("not-a-mail", sha256);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            // The one place where any fault is a verdict: a parser's bug met by a hostile mail must not stop the mails behind it.
            return Unreadable("parser-fault", sha256);
        }
    }

    private async Task<ReadMail> ReadParsedAsync(byte[] raw, string sha256, ReadMailOptions limits, CancellationToken budget)
    {
        using var stream = new DeadlineStream(raw, budget);
        using var message = MailParser.Parse(stream, limits, budget);
        var contents = MailContents.Of(message, limits, budget);
        var segments = ReplyText.Segments(contents.Text, QuoteOwner.Of(message));
        var (text, elided) = ReplyText.Split(segments);
        var mail = new ParsedMail
        {
            Message = message,
            Text = text,
            Elided = elided,
            Attachments = contents.Attachments,
            TextFault = contents.TextFault,
            Tokens = Tokens(message),
            Limits = limits,
        };
        var answer = MailFilters.Judge(mail);
        var (authentication, signature) = await DkimCheck.VerifyAsync(message, Domain(Sender.Address(message)), keys, clock.GetUtcNow(), budget);
        var read = Describe(message, new ReadMail { Kind = answer.Kind, Verdict = answer.Verdict, Reason = answer.Reason, Sha256 = sha256 }) with
        {
            Text = text,
            Elided = elided,
            Segments = segments,
            Attachments = contents.Attachments,
            AttachedMails = contents.AttachedMails,
            Authentication = authentication,
            Signature = signature,
        };
        if (answer.Kind is not MailKind.Bounce) return read;
        var report = DeliveryReport.Of(mail);
        return read with { FailedRecipient = report.Recipient, OriginalMessageId = report.OriginalMessageId, PermanentFailure = report.Permanent };
    }

    private static ReadMail Described(ReadOnlySpan<byte> raw, ReadMail read, ReadMailOptions limits, CancellationToken ct)
    {
        using var headers = MailParser.ParseHeaders(raw, limits, ct);
        return headers is null ? read : Describe(headers, read);
    }

    private static ReadMail Describe(MimeMessage message, ReadMail read)
    {
        var tokens = Tokens(message);
        return read with
        {
            Token = tokens.Count == 1 ? tokens[0] : null,
            From = Sender.Address(message),
            FromName = message.From.Mailboxes.FirstOrDefault()?.Name,
            MessageId = string.IsNullOrWhiteSpace(message.MessageId) ? null : message.MessageId,
            Subject = SubjectText.Of(message),
            InReplyTo = message.InReplyTo,
            References = [.. message.References],
        };
    }

    private static List<string> Tokens(MimeMessage message) =>
        [.. message.Headers.Where(NamesRecipients).SelectMany(header => ReplyAddress.FindTokens(header.Value)).Distinct(StringComparer.Ordinal)];

    internal static bool NamesRecipients(Header header) => RecipientHeaders.Contains(header.Field.Trim(), StringComparer.OrdinalIgnoreCase);

    private static string? Domain(string? address) => address?[(address.LastIndexOf('@') + 1)..];
}
