using System.Text;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Mail.Inbox;

public enum ReplyMeaning
{
    Opinion,
    Decline,
    Recusal,
    /// <summary>Only says that the expert takes part: the pledge is given on the page.</summary>
    Acceptance,
    Unclear,
}

/// <summary>
/// What an expert's reply says: the form of the letter where it was filled in, else a stand at the beginning of a line near the top. Two
/// different stands, a stand with a reservation, or none at all is unclear: a person reads it.
/// </summary>
public sealed record OpinionReply(ReplyMeaning Meaning, OpinionStand? Stand, string Text, string? Suggestions, bool Dissent)
{
    /// <summary>It names a stand, be it doubtful or one of two.</summary>
    public bool NamesStand { get; init; }

    private const int LinesOfTheTop = 5;

    /// <summary>A mention counts in a short reply only: a long one may speak of declining and recusal as law does.</summary>
    private const int ShortReply = 120;

    private static readonly (string Key, Field Field)[] Keys =
    [
        ("总体意见", Field.Stand), ("审查意见", Field.Stand), ("结论意见", Field.Stand), ("结论", Field.Stand), ("意见和理由", Field.Grounds), ("意见", Field.Stand),
        ("理由", Field.Grounds), ("修改建议", Field.Suggestions), ("不同意见", Field.Dissent), ("建议", Field.Suggestions),
        ("stand", Field.Stand), ("opinion", Field.Stand), ("reasons", Field.Grounds), ("reason", Field.Grounds), ("grounds", Field.Grounds),
        ("suggestions", Field.Suggestions), ("dissent", Field.Dissent),
    ];

    private enum Field
    {
        None,
        Stand,
        Grounds,
        Suggestions,
        Dissent,
    }

    public static OpinionReply Parse(string reply)
    {
        var form = new Dictionary<Field, StringBuilder>();
        var free = new List<string>();
        var stands = new HashSet<OpinionStand>();
        var (current, doubtful, dissent) = (Field.None, false, false);
        foreach (var line in reply.ReplaceLineEndings("\n").Split('\n'))
        {
            var (field, value) = FieldOf(line);
            if (field is Field.Stand && value.Length > 0)
            {
                if (ReplyWords.Exactly(value) is { } exact) stands.Add(exact);
                else if (ReplyWords.Leading(value) is { } leading) doubtful |= !stands.Add(leading.Stand) || leading.Reserved;
                else doubtful |= value.Contains('/', StringComparison.Ordinal);
            }

            if (field is Field.Dissent) dissent = value.Trim() is "是" or "yes" or "Yes" or "√";
            if (field is not Field.None) current = field is Field.Grounds or Field.Suggestions ? field : Field.None;
            if (current is Field.None && field is Field.None) free.Add(line);
            else if (current is not Field.None) Add(form, current, field is Field.None ? line : value);
        }

        var top = free.Select(l => l.Trim()).Where(l => l.Length > 0).Take(LinesOfTheTop).ToList();
        foreach (var leading in top.Select(ReplyWords.Leading))
            if (leading is { } found)
            {
                stands.Add(found.Stand);
                doubtful |= found.Reserved;
            }

        var (grounds, suggestions) = (Content(form, Field.Grounds), Content(form, Field.Suggestions));
        var meaning = Meant(reply, top, stands.Count, doubtful);
        return new(meaning, meaning is ReplyMeaning.Opinion ? stands.Single() : null,
            grounds.Length > 0 ? Whole(grounds, free) : reply.Trim(), suggestions.Length > 0 ? suggestions : null, dissent) { NamesStand = stands.Count > 0 || doubtful };
    }

    private static ReplyMeaning Meant(string reply, List<string> top, int stands, bool doubtful)
    {
        if (top.Any(ReplyWords.BeginsRecusal)) return ReplyMeaning.Recusal;
        var declines = top.Any(ReplyWords.BeginsDecline);
        if (stands > 0) return stands == 1 && !doubtful && !declines ? ReplyMeaning.Opinion : ReplyMeaning.Unclear;
        var isShort = reply.Trim().Length <= ShortReply;
        if (isShort && ReplyWords.MentionsRecusal(reply)) return ReplyMeaning.Recusal;
        if (declines || (isShort && ReplyWords.MentionsDecline(reply))) return ReplyMeaning.Decline;
        return top.Any(ReplyWords.BeginsAcceptance) ? ReplyMeaning.Acceptance : ReplyMeaning.Unclear;
    }

    private static (Field Field, string Value) FieldOf(string line)
    {
        var bare = line.TrimStart(' ', '\t', '\u3000', '*', '-', '•', '·', '【', '[', '>', '“');
        foreach (var (key, field) in Keys)
        {
            if (!bare.StartsWith(key, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = bare[key.Length..].TrimStart(' ', '\t', '\u3000', '】', ']', '*', '”');
            if (rest.Length > 0 && rest[0] is ':' or '：') return (field, WithoutHint(rest[1..].Trim()));
        }

        return (Field.None, "");
    }

    /// <summary>The form's own hint may be left standing behind the answer.</summary>
    private static string WithoutHint(string value)
    {
        var hint = value.IndexOf("（请只保留一项）", StringComparison.Ordinal);
        return hint < 0 ? value : value[..hint].Trim();
    }

    private static void Add(Dictionary<Field, StringBuilder> form, Field field, string line)
    {
        if (!form.TryGetValue(field, out var text)) form[field] = text = new();
        text.Append(line).Append('\n');
    }

    private static string Content(Dictionary<Field, StringBuilder> form, Field field) => form.TryGetValue(field, out var text) ? text.ToString().Trim() : "";

    /// <summary>Nothing that was written outside the form is lost.</summary>
    private static string Whole(string grounds, List<string> free)
    {
        var beside = string.Join('\n', free).Trim();
        return beside.Length == 0 ? grounds : $"{grounds}\n\n{beside}";
    }
}
