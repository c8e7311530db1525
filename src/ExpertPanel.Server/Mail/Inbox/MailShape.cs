using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Counts parts and depth in a reading pass that keeps nothing, and stops at the first part too many. A million empty parts fit in
/// 10 MB of mail and would cost gigabytes as objects.
/// </summary>
internal sealed class MailShape : MimeReader
{
    private readonly ReadMailOptions limits;
    private int parts;
    private int depth;

    private MailShape(ParserOptions parser, Stream raw, ReadMailOptions limits)
        : base(parser, raw, MimeFormat.Entity) => this.limits = limits;

    /// <summary>Null when the mail is within the limits, else the reason.</summary>
    public static string? Exceeds(byte[] raw, ReadMailOptions limits, CancellationToken deadline)
    {
        // One level more than allowed, so that the level too many is still seen as one.
        var parser = MailParser.Options(limits.MaxDepth + 1);
        using var stream = new DeadlineStream(raw, deadline);
        var shape = new MailShape(parser, stream, limits);
        try
        {
            shape.ReadMessage(deadline);
            return null;
        }
        catch (LimitReached limit)
        {
            return limit.Message;
        }
    }

    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Enter();

    protected override void OnMimePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => depth--;

    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Enter();

    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => depth--;

    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Enter();

    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => depth--;

    private void Enter()
    {
        depth++;
        parts++;
        if (depth > limits.MaxDepth) throw new LimitReached("too-deep");
        if (parts > limits.MaxParts) throw new LimitReached("too-many-parts");
    }

    /// <summary>The only way out of the library's reading loop; never leaves this class.</summary>
    private sealed class LimitReached(string reason) : Exception(reason);
}
