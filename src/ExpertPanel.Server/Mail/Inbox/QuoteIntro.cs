using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The lines by which a client announces the letter it quotes: a rule, a block of header fields, or "… 写道：".</summary>
internal static class QuoteIntro
{
    public const int MaxLines = 10;

    private const int MaxLineLength = 600;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // QQ's plain form spells its blanks out as entities.
    private const string Gap = @"(\s|&nbsp;|\*)*";

    private static readonly Regex Rule = new(
        $@"^{Gap}[-_=—]{{2,}}{Gap}(原始邮件|原始郵件|原始信件|原邮件|邮件原件|回复的原邮件|回复的邮件|original|original message|original mail|original email){Gap}[-_=—]{{2,}}{Gap}$", Linear);

    private static readonly Regex ForwardRule = new(
        $@"^{Gap}[-_=—]{{2,}}{Gap}(forwarded message|转发邮件|转发的邮件|转发邮件信息|begin forwarded message|轉寄郵件){Gap}[-_=—]{{2,}}{Gap}$", Linear);

    private static readonly Regex PlainRule = new(@"^\s*[-_=—]{5,}\s*$", Linear);

    private static readonly Regex FromField = Field("发件人|发信人|寄件者|寄件人|from|发送者");

    private static readonly Regex DateField = Field("发送时间|发送日期|发件日期|日期|时间|寄件日期|傳送時間|sent|date");

    private static readonly Regex ToField = Field("收件人|收信人|收件者|to");

    private static readonly Regex OtherField = Field("抄送|抄送人|副本|密送|主题|主旨|标题|回复|答复|重要性|附件|cc|bcc|subject|reply-to|importance|attachments");

    private static readonly Regex Attribution = new(@"(wrote|writes|写道|寫道)\s*[:：]\s*$", Linear);

    private static readonly Regex AttributionStart = new(@"^\s*(on|at|在|于)[\s\d一二三四五六七八九十]|@", Linear);

    // The first of several lines: it says when, or ends in the address.
    private static readonly Regex FoldedStart = new(@"^\s*(on|at|在)[\s\d]|<[^<>]*@[^<>]*>\s*$", Linear);

    private static readonly Regex Year = new(@"(19|20)\d\d", Linear);

    private static readonly Regex ClockOrAddress = new(@"\d{1,2}\s*[:：]\s*\d{2}|@", Linear);

    /// <summary>How many lines an announcement beginning here takes; 0 when none begins here.</summary>
    public static int LengthAt(string[] lines, int at)
    {
        var line = lines[at];
        if (line.Length > MaxLineLength || string.IsNullOrWhiteSpace(line)) return 0;
        if (Rule.IsMatch(line)) return 1 + FieldsAfterBlank(lines, at + 1);
        var fields = FieldBlock(lines, at);
        // A forwarded letter may be just what the expert wants to show us.
        if (fields > 0) return FollowsForwardRule(lines, at) ? 0 : fields;
        return AttributionLength(lines, at);
    }

    /// <summary>Whether this announcement suffices for cutting all that follows unmarked: "…写道：" must name an address.</summary>
    public static bool StandsAlone(string[] lines, int at)
    {
        if (Rule.IsMatch(lines[at]) || FromField.IsMatch(lines[at])) return true;
        return string.Concat(lines.Skip(at).Take(AttributionLength(lines, at))).Contains('@', StringComparison.Ordinal);
    }

    /// <summary>Outlook draws a line above its header block.</summary>
    public static int WithRuleAbove(string[] lines, int at)
    {
        var above = at;
        while (above > 0 && string.IsNullOrWhiteSpace(lines[above - 1])) above--;
        return above > 0 && lines[above - 1].Length <= MaxLineLength && PlainRule.IsMatch(lines[above - 1]) ? above - 1 : at;
    }

    public static bool IsMarked(string line) => line.AsSpan().TrimStart() is ['>' or '＞', ..];

    public static bool MayBeFigure(string line) => line.AsSpan().TrimStart()[1..] is [>= '0' and <= '9', ..];

    private static Regex Field(string names) => new($@"^(\s|\*|\|)*({names})(\s|\*)*[:：]", Linear);

    private static int FieldsAfterBlank(string[] lines, int at)
    {
        var first = at;
        while (first < lines.Length && string.IsNullOrWhiteSpace(lines[first])) first++;
        return first < lines.Length && FieldBlock(lines, first) is > 0 and var length ? first - at + length : 0;
    }

    /// <summary>Begins with the sender and names the date or the receiver too, so that a line "发件人：…" in an opinion is none.</summary>
    private static int FieldBlock(string[] lines, int at)
    {
        if (!Matches(FromField, lines[at])) return 0;
        bool date = false, to = false;
        var length = 1;
        for (var next = at + 1; next < lines.Length && next - at < MaxLines; next++)
        {
            if (string.IsNullOrWhiteSpace(lines[next])) continue;
            var isDate = Matches(DateField, lines[next]);
            var isTo = Matches(ToField, lines[next]);
            if (!isDate && !isTo && !Matches(OtherField, lines[next])) break;
            date |= isDate;
            to |= isTo;
            length = next - at + 1;
        }

        return date && length >= 3 || date && to ? length : 0;
    }

    private static bool FollowsForwardRule(string[] lines, int at)
    {
        var above = at - 1;
        while (above >= 0 && string.IsNullOrWhiteSpace(lines[above])) above--;
        return above >= 0 && Matches(ForwardRule, lines[above]);
    }

    /// <summary>Up to three lines, since clients fold it at a long address.</summary>
    private static int AttributionLength(string[] lines, int at)
    {
        if (!Matches(AttributionStart, lines[at])) return 0;
        var joined = "";
        for (var length = 1; length <= 3 && at + length <= lines.Length; length++)
        {
            var line = lines[at + length - 1];
            if (line.Length > MaxLineLength || string.IsNullOrWhiteSpace(line) || IsMarked(line)) return 0;
            joined += line;
            if (!Attribution.IsMatch(line)) continue;
            return Year.IsMatch(joined) && ClockOrAddress.IsMatch(joined) && (length == 1 || FoldedStart.IsMatch(lines[at])) ? length : 0;
        }

        return 0;
    }

    private static bool Matches(Regex pattern, string line) => line.Length <= MaxLineLength && pattern.IsMatch(line);
}
