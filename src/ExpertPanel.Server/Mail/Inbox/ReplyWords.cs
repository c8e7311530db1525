using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The words by which a reply says what it is. What is not plainly said here is left to a person.</summary>
internal static class ReplyWords
{
    /// <summary>Longest first, so that 修改后合法 is not taken for what follows it.</summary>
    private static readonly (string Word, OpinionStand Stand)[] Stands =
    [
        .. new (string Word, OpinionStand Stand)[]
        {
            ("合法", OpinionStand.Lawful), ("合法可行", OpinionStand.Lawful), ("合法有效", OpinionStand.Lawful), ("同意", OpinionStand.Lawful),
            ("无异议", OpinionStand.Lawful), ("没有异议", OpinionStand.Lawful), ("lawful", OpinionStand.Lawful), ("agree", OpinionStand.Lawful),
            ("修改后合法", OpinionStand.LawfulWithChanges), ("经修改后合法", OpinionStand.LawfulWithChanges), ("修改后同意", OpinionStand.LawfulWithChanges),
            ("lawful with changes", OpinionStand.LawfulWithChanges), ("lawful after changes", OpinionStand.LawfulWithChanges),
            ("不合法", OpinionStand.Unlawful), ("违法", OpinionStand.Unlawful), ("不同意", OpinionStand.Unlawful), ("反对", OpinionStand.Unlawful),
            ("unlawful", OpinionStand.Unlawful), ("not lawful", OpinionStand.Unlawful), ("disagree", OpinionStand.Unlawful),
            ("弃权", OpinionStand.Abstain), ("abstain", OpinionStand.Abstain),
        }.OrderByDescending(s => s.Word.Length),
    ];

    /// <summary>After a stand, these turn it around or bind it to a condition.</summary>
    private static readonly string[] Reservations = ["但", "不过", "然而", "除", "如果", "若", "前提", "修改", "but", "however", "except", "unless", "provided", " if "];

    private static readonly string[] Openings = ["本人认为", "我认为", "经审查", "我的意见是", "本人意见是", "总体", "i find it", "i "];

    private static readonly string[] Declines =
        ["谢绝", "婉拒", "婉谢", "无法参加", "不能参加", "不便参加", "无法参与", "不能参与", "decline", "i decline", "i must decline", "i have to decline", "unable to take part"];

    private static readonly string[] Recusals = ["回避", "申请回避", "本人申请回避", "我申请回避", "本人应当回避", "应当回避", "需要回避", "recuse", "i recuse"];

    private static readonly string[] Acceptances = ["接受", "同意参加", "同意接受", "愿意", "乐意", "收到", "accept", "i accept", "received"];

    /// <summary>The stand a form's field names, and nothing else but marks around it.</summary>
    public static OpinionStand? Exactly(string value)
    {
        var bare = Bare(value);
        return Array.Find(Stands, s => s.Word.Equals(bare, StringComparison.Ordinal)) is { Word: not null } found ? found.Stand : null;
    }

    /// <summary>The stand with which a sentence begins. Reserved: something after it makes it doubtful.</summary>
    public static (OpinionStand Stand, bool Reserved)? Leading(string line)
    {
        var bare = Bare(line);
        foreach (var opening in Openings)
            if (bare.StartsWith(opening, StringComparison.Ordinal))
            {
                bare = bare[opening.Length..].TrimStart(' ', ',', ':');
                break;
            }

        if (Array.Find(Stands, s => bare.StartsWith(s.Word, StringComparison.Ordinal)) is not { Word: { } word } found) return null;
        var rest = bare[word.Length..];
        if (rest.Length > 0 && !" .,;:!()-/、。\t".Contains(rest[0], StringComparison.Ordinal)) return null;
        return (found.Stand, Reservations.Any(r => rest.Contains(r, StringComparison.Ordinal)) || OtherStand(rest, found.Stand));
    }

    public static bool BeginsDecline(string line) => Begins(line, Declines);

    public static bool MentionsDecline(string text) => Mentions(text, Declines) && !Mentions(text, ["但", "不谢绝", "but"]);

    public static bool BeginsRecusal(string line) => Begins(line, Recusals);

    public static bool MentionsRecusal(string text) => Mentions(text, ["申请回避", "应当回避", "需要回避", "应回避", "需回避", "recuse"]);

    public static bool BeginsAcceptance(string line) => Begins(line, Acceptances);

    /// <summary>合法 / 不合法 in one line is the form left as it was.</summary>
    private static bool OtherStand(string rest, OpinionStand stand) => rest.Contains('/', StringComparison.Ordinal)
        && rest.Split('/').Any(part => Exactly(part) is { } other && other != stand);

    private static bool Begins(string line, string[] words)
    {
        var bare = Bare(line);
        foreach (var apology in new[] { "很抱歉,", "抱歉,", "对不起,", "sorry,", "本人", "我" })
            if (bare.StartsWith(apology, StringComparison.Ordinal)) bare = bare[apology.Length..].TrimStart();
        return words.Any(w => bare.StartsWith(w, StringComparison.Ordinal));
    }

    private static bool Mentions(string text, string[] words)
    {
        var bare = Bare(text);
        return words.Any(w => bare.Contains(w, StringComparison.Ordinal));
    }

    /// <summary>Without marks around it, full width as half width, traditional characters that matter as simplified, lower case.</summary>
    private static string Bare(string text) => text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant()
        .Replace('後', '后').Replace('違', '违').Replace('棄', '弃').Replace('權', '权').Replace('迴', '回').Replace('參', '参').Replace('無', '无')
        .Trim(' ', '\t', '*', '_', '-', '•', '·', '"', '\'', '“', '”', '「', '」', '【', '】', '[', ']', '(', ')', '√', '✓', '☑', '■', '。', '.', ',', ';', '!', '、', ':');
}
