using System.Buffers;
using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The lines by which a client announces the letter it quotes: a rule, a block of header fields, or "… 写道：".</summary>
internal static class QuoteIntro
{
    public const int MaxLines = 14;

    private const int MaxLineLength = 600;

    private const int MaxRuleLength = 160;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // QQ's plain form spells its blanks out as entities.
    private const string Gap = @"(\s|&nbsp;|\*)*";

    private static readonly Regex Rule = new(
        $@"^{Gap}[-_=—－]{{2,}}{Gap}((原始|原|回复的原|回复的|答复的原|引用的原|引用)(邮件|郵件|信件|消息|訊息)|邮件原件|(original|replied|reply|origin)(\s*(messages?|mail|e-?mail))?){Gap}[-_=—－]{{2,}}{Gap}$", Linear);

    private static readonly Regex ForwardRule = new(
        $@"^{Gap}([-_=—－]{{2,}}{Gap})?(forwarded (message|mail|email)|(转发|轉寄|轉發)(的|之)?(邮件|郵件)(信息)?|begin forwarded message|开始转发的邮件|下面是被转发的邮件|下面是被转发的郵件)\s*[:：]?{Gap}[-_=—－]*{Gap}$", Linear);

    private static readonly Regex PlainRule = new(@"^\s*([-_=—－]{5,}|(来自|发自).{2,20}-{20,})\s*$", Linear);

    private static readonly Regex AttributionEnd = new(@"((wrote|writes|写道|寫道|写了|來信)\s*[:：]|<[^<>\s]+@[^<>\s]+>.{0,60}[:：])\s*$", Linear);

    private static readonly Regex AttributionStart = new(@"^\s*-*\s*(on|at|在|于|於)[\s\d一二三四五六七八九十]|@|\s(于|於|在)\s*(19|20)\d\d", Linear);

    // The first of several lines: it says when, or ends in the address.
    private static readonly Regex FoldedStart = new(@"^\s*-*\s*(on|at|在|于|於)[\s\d]|<[^<>]*@[^<>]*>\s*((于|於|在)\s*(19|20)\d\d.*)?$", Linear);

    private static readonly Regex Day = new(@"(19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{1,2}", Linear);

    private static readonly Regex ClockOrAddress = new(@"\d{1,2}\s*[:：]\s*\d{2}|\d{1,2}\s*[时點点]|@", Linear);

    private static readonly SearchValues<char> DigitsAndAt = SearchValues.Create("0123456789@");

    private static readonly Regex Figure = new(@"^\s*[>＞]\s*[0-9０-９][0-9０-９.,，]*\s*(万|亿|千|百|元|%|％|‰|人|户|日|天|年|月|个|件|次|倍|℃|度|平方|米|公里|吨|公斤)", Linear);

    /// <summary>How many lines an announcement beginning here takes; 0 when none begins here.</summary>
    public static int LengthAt(IReadOnlyList<string> lines, int at)
    {
        var line = lines[at];
        if (line.Length > MaxLineLength || string.IsNullOrWhiteSpace(line)) return 0;
        if (IsRule(line) || IsForwardRule(line)) return WithFields(lines, at) is > 0 and var whole ? whole : IsRule(line) ? 1 : 0;
        return HeaderFields.BlockLength(lines, at) is > 0 and var fields ? fields : AttributionLength(lines, at);
    }

    /// <summary>How many lines an announcement takes that ends just above this line; 0 when none does. The longest: its last line alone often looks like a whole one.</summary>
    public static int LengthEndingAt(IReadOnlyList<string> lines, int end)
    {
        while (end > 0 && string.IsNullOrWhiteSpace(lines[end - 1])) end--;
        for (var length = Math.Min(MaxLines, end); length > 0; length--)
            if (LengthAt(lines, end - length) == length)
                return length;
        return 0;
    }

    /// <summary>
    /// Whether this announcement suffices for cutting all that follows unmarked: it must be of our letter. Without knowing whose that is,
    /// "…写道：" must name an address, and what was forwarded may be just what the expert wants to show us.
    /// </summary>
    public static bool StandsAlone(IReadOnlyList<string> lines, int at, QuoteOwner? owner = null)
    {
        var length = LengthAt(lines, at);
        if (length == 1 && IsRule(lines[at])) return true;
        var announcement = string.Concat(lines.Skip(at).Take(length));
        if (owner is not null) return owner.IsNamedIn(announcement);
        if (IsForwardRule(lines[at]) || FollowsForwardRule(lines, at)) return false;
        return AttributionLength(lines, at) == 0 || announcement.Contains('@', StringComparison.Ordinal);
    }

    /// <summary>Outlook draws a line above its header block.</summary>
    public static int WithRuleAbove(IReadOnlyList<string> lines, int at)
    {
        var above = at;
        while (above > 0 && string.IsNullOrWhiteSpace(lines[above - 1])) above--;
        return above > 0 && lines[above - 1].Length <= MaxLineLength && PlainRule.IsMatch(lines[above - 1]) ? above - 1 : at;
    }

    public static bool IsMarked(string line) => line.AsSpan().TrimStart() is ['>' or '＞', ..];

    /// <summary>"> 5万元" is more than a sum; "> 2. 程序？" is a question quoted.</summary>
    public static bool MayBeFigure(string line) => line.Length <= MaxLineLength && Figure.IsMatch(line);

    private static bool IsRule(string line) => line.Length <= MaxRuleLength && line.AsSpan().IndexOfAny("-=_—－") >= 0 && Rule.IsMatch(line);

    private static bool IsForwardRule(string line) => line.Length <= MaxRuleLength && line.AsSpan().IndexOfAny("转轉wW") >= 0 && ForwardRule.IsMatch(line);

    private static int WithFields(IReadOnlyList<string> lines, int at)
    {
        var first = at + 1;
        while (first < lines.Count && string.IsNullOrWhiteSpace(lines[first])) first++;
        return first < lines.Count && HeaderFields.BlockLength(lines, first) is > 0 and var length ? first - at + length : 0;
    }

    private static bool FollowsForwardRule(IReadOnlyList<string> lines, int at)
    {
        var above = at - 1;
        while (above >= 0 && string.IsNullOrWhiteSpace(lines[above])) above--;
        return above >= 0 && IsForwardRule(lines[above]);
    }

    /// <summary>Up to three lines, since clients fold it at a long address.</summary>
    private static int AttributionLength(IReadOnlyList<string> lines, int at)
    {
        if (lines[at].Length > MaxLineLength || !lines[at].AsSpan().ContainsAny(DigitsAndAt) || !AttributionStart.IsMatch(lines[at])) return 0;
        var joined = "";
        for (var length = 1; length <= 3 && at + length <= lines.Count; length++)
        {
            var line = lines[at + length - 1];
            if (line.Length > MaxLineLength || string.IsNullOrWhiteSpace(line) || IsMarked(line)) return 0;
            joined += line;
            if (!AttributionEnd.IsMatch(joined)) continue;
            return Day.IsMatch(joined) && ClockOrAddress.IsMatch(joined) && (length == 1 || FoldedStart.IsMatch(lines[at])) ? length : 0;
        }

        return 0;
    }
}
