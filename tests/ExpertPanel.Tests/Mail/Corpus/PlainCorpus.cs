using System.Text;

namespace ExpertPanel.Tests.Mail.Corpus;

/// <summary>A mail written down as it is read: headers that matter, an empty line, the body. The rest is added.</summary>
public static class PlainCorpus
{
    /// <summary>What machines send; Expected is kind, verdict and reason.</summary>
    public static IEnumerable<(string Name, string Expected, byte[] Raw)> Machines() =>
        Of("machines.txt").Select(mail => (mail.Name, mail.Text[..mail.Text.IndexOf('\n', StringComparison.Ordinal)], Raw(mail.Text[(mail.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..])));

    /// <summary>What people send, odd as it looks; Expected is the opinion to the letter.</summary>
    public static IEnumerable<(string Name, string Expected, byte[] Raw)> OddOpinions()
    {
        foreach (var (name, text) in Of("odd-opinions.txt"))
        {
            var mail = text.Split("\n=>\n");
            var whole = HasHeaders(mail[0]) ? mail[0] : "Subject: Re: 专家咨询函\n\n" + mail[0];
            yield return (name, mail.Length > 1 ? mail[1] : whole[(whole.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Trim(), Raw(whole));
        }
    }

    private static IEnumerable<(string Name, string Text)> Of(string file) =>
        ReplyCorpus.Sections(Path.Combine(ReplyCorpus.Folder(""), file)).Where(section => section.Key.Length > 0).Select(section => (section.Key, section.Value));

    private static bool HasHeaders(string text) => text.StartsWith("Subject:", StringComparison.Ordinal) || text.StartsWith("Content-Type:", StringComparison.Ordinal)
        || text.StartsWith("Auto-Submitted:", StringComparison.Ordinal) || text.StartsWith("X-Priority:", StringComparison.Ordinal) || text.StartsWith("Return-Path:", StringComparison.Ordinal);

    private static byte[] Raw(string text)
    {
        var end = text.StartsWith('\n') ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var blank ? blank + 1 : text.Length;
        var headers = text[..end];
        var mail = new StringBuilder(headers);
        Default("Return-Path", "<expert@sender.test>");
        Default("From", "专家 <expert@sender.test>");
        Default("To", $"省政府法制办公室 <{CorpusMail.ReplyAddress}>");
        Default("Message-ID", "<reply-1@sender.test>");
        Default("In-Reply-To", "<letter-0001@panel.test>");
        Default("MIME-Version", "1.0");
        Default("Content-Type", "text/plain; charset=utf-8");
        Default("Content-Transfer-Encoding", "8bit");
        return Encoding.UTF8.GetBytes(mail.Append('\n').Append(end < text.Length ? text[(end + 1)..] : "").Replace("\n", "\r\n").ToString());

        void Default(string name, string value)
        {
            if (!("\n" + headers).Contains($"\n{name}:", StringComparison.Ordinal)) mail.Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
