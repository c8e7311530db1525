using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The subject, with encoded words labelled GB2312 or GBK read as GB18030: the label is a habit, the rare names in it are not.</summary>
internal static class SubjectText
{
    public static string? Of(MimeMessage message)
    {
        var header = message.Headers.FirstOrDefault(header => header.Id == HeaderId.Subject);
        if (header is null) return null;
        var raw = Encoding.Latin1.GetString(header.RawValue);
        var relabelled = raw.Replace("=?gb2312?", "=?gb18030?", StringComparison.OrdinalIgnoreCase).Replace("=?gbk?", "=?gb18030?", StringComparison.OrdinalIgnoreCase);
        var text = raw.Length == relabelled.Length ? header.Value : Rfc2047.DecodeText(MailParser.Options(maxDepth: 1), Encoding.Latin1.GetBytes(relabelled));
        return text.ReplaceLineEndings("").Trim();
    }
}
