using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The header of a quoted letter as clients write it out: sender, date, receiver, subject in a row.</summary>
internal static class HeaderFields
{
    private const int MaxLines = 12;

    private const int MaxLineLength = 600;

    /// <summary>With the entities that stand for blanks.</summary>
    private const int LongestName = 60;

    private static readonly Regex From = Field("发件人|发信人|寄件者|寄件人|发送者|from");

    private static readonly Regex Date = Field("发送时间|发件时间|发送日期|发件日期|日期|时间|寄件日期|傳送時間|寄件時間|sent|sent time|date|time");

    private static readonly Regex To = Field("收件人|收信人|收件者|接收者|to");

    private static readonly Regex Other = Field("抄送|抄送人|副本|密送|密件副本|主题|主旨|標題|标题|题目|回复|回复至|答复|重要性|优先级|附件|cc|bcc|subject|reply-to|importance|attachments?");

    /// <summary>Names the sender, and the date or the receiver beside a third field, so that a line "发件人：…" in an opinion is none.</summary>
    public static int BlockLength(IReadOnlyList<string> lines, int at)
    {
        bool from = false, date = false, to = false;
        int length = 0, fields = 0;
        for (var next = at; next < lines.Count && next - at < MaxLines; next++)
        {
            if (string.IsNullOrWhiteSpace(lines[next]) && fields > 0) continue;
            if (!MayBeField(lines[next])) break;
            var (isFrom, isDate, isTo) = (From.IsMatch(lines[next]), Date.IsMatch(lines[next]), To.IsMatch(lines[next]));
            if (!isFrom && !isDate && !isTo && !Other.IsMatch(lines[next])) break;
            // A second sender begins the next letter's header.
            if (from && isFrom) break;
            (from, date, to, fields) = (from || isFrom, date || isDate, to || isTo, fields + 1);
            length = next - at + 1;
        }

        return from && (date || to) && (fields >= 3 || (date && to)) ? length : 0;
    }

    /// <summary>主　题 is as good as 主题, and a table's cell as good as a colon.</summary>
    private static Regex Field(string names)
    {
        var spaced = string.Join('|', names.Split('|').Select(name => char.IsAscii(name[0]) ? name : string.Join(@"(\s|&nbsp;)*", name.ToCharArray())));
        return new($@"^(\s|&nbsp;|\*|\|)*({spaced})(\s|&nbsp;|\*)*([:：|]|\t)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    private static bool MayBeField(string line) => line.Length <= MaxLineLength && line.AsSpan(0, Math.Min(line.Length, LongestName)).IndexOfAny(":：|\t") >= 0;
}
