using MimeKit;
using MimeKit.Tnef;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// winmail.dat, in which Outlook packs a mail's text and files (MS-OXTNEF). Its attributes are counted and its packed text is measured
/// before anything is built from it; what is broken or too large stays the file it came as.
/// </summary>
internal static class TnefParts
{
    /// <summary>Packed rich text unfolds to eight times its size at the most.</summary>
    private const int MostPackedText = 2 * 1024 * 1024;

    /// <summary>As the content says; the sender's program may call it anything.</summary>
    public const string Type = "application/ms-tnef";

    /// <returns>The mail inside, or null; and whether it was all that the file has.</returns>
    public static (MimeMessage? Mail, bool IsWhole) Open(MimePart file, ReadMailOptions limits, CancellationToken deadline)
    {
        var part = file as TnefPart ?? new TnefPart { Content = file.Content };
        try
        {
            return part.Content is { } content && IsModest(content, limits, deadline, out var isWhole) ? (part.ConvertToMessage(), isWhole) : (null, false);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            // A parser met a broken or hostile file: whatever it says of it, the file is kept as it came.
            return (null, false);
        }
    }

    private static bool IsModest(IMimeContent packed, ReadMailOptions limits, CancellationToken deadline, out bool isWhole)
    {
        isWhole = false;
        using var content = packed.Open();
        using var reader = new TnefReader(content, 0, TnefComplianceMode.Loose);
        var files = 0;
        while (reader.ReadNextAttribute())
        {
            deadline.ThrowIfCancellationRequested();
            if (reader.AttributeTag == TnefAttributeTag.AttachRenderData && ++files > limits.MaxParts) return false;
            if (reader.AttributeTag != TnefAttributeTag.MapiProperties) continue;
            var properties = reader.TnefPropertyReader;
            while (properties.ReadNextProperty())
                if (properties.PropertyTag.Id == TnefPropertyId.RtfCompressed && properties.RawValueLength > MostPackedText)
                    return false;
        }

        isWhole = reader.ComplianceStatus == TnefComplianceStatus.Compliant;
        return true;
    }
}
