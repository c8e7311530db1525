using ExpertPanel.Server.Resources;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>Why a mail waits, in words; a code without words of its own is shown as it is.</summary>
public static class MailReasons
{
    private const string Prefix = "MailReason.";

    public static string Of(Words words, string code)
    {
        var parts = code.Split(':', 2);
        var text = words[Prefix + parts[0]];
        if (text.StartsWith(Prefix, StringComparison.Ordinal)) return code;
        if (parts.Length < 2) return text;
        return parts[0] == "attachment-barred" ? $"{text}：{words["FileFault." + parts[1]]}" : $"{text} ({parts[1]})";
    }
}
