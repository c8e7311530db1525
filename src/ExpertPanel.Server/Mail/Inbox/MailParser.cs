using System.Text;
using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>One way to parse: bounded depth, bounded time, and 8-bit headers without a charset read as GB18030 when they are not UTF-8.</summary>
internal static class MailParser
{
    public static ParserOptions Options(int maxDepth)
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = maxDepth;
        options.MaxAddressGroupDepth = 2;
        options.CharsetEncoding = Encoding.GetEncoding("gb18030");
        return options;
    }

    /// <summary>The parts stay views on the raw bytes, so the stream must outlive the message.</summary>
    public static MimeMessage Parse(Stream raw, ReadMailOptions limits, CancellationToken deadline) =>
        new MimeParser(Options(limits.MaxDepth + 1), raw, MimeFormat.Entity, persistent: true).ParseMessage(deadline);

    /// <summary>Headers alone, of a mail whose body is not to be touched. The caller has measured the block.</summary>
    public static MimeMessage? ParseHeaders(ReadOnlySpan<byte> raw, ReadMailOptions limits, CancellationToken deadline)
    {
        var length = HeaderBlocks.OwnBlockLength(raw, limits.MaxHeaderBytes);
        if (length == 0 || length > limits.MaxHeaderBytes) return null;
        using var stream = new MemoryStream([.. raw[..length], (byte)'\r', (byte)'\n']);
        try
        {
            return new MimeParser(Options(maxDepth: 1), stream, MimeFormat.Entity).ParseMessage(deadline);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
