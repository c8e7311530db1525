using System.Text;
using AngleSharp.Dom;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What in an HTML mail is the quoted letter: by the client's own containers, and by an announcement at the head of a frame.</summary>
internal static class HtmlQuotes
{
    private const int MaxDepth = 20;

    private static readonly HashSet<string> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        "yahoo_quoted", "protonmail_quote", "zmail_extra", "ntes-mailmaster-quote", "xm_quote", "huawei_quote", "history-quote-wrapper", "lark-mail-quote", "adm-original-content",
        "mcnt_quote", "alimail-quote",
    };

    private static readonly HashSet<string> Ids = new(StringComparer.OrdinalIgnoreCase) { "isreplycontent", "reply139content", "mailoriginalcontent", "yahoo_quoted" };

    public static bool IsCitation(IElement element) => element.LocalName is "blockquote"
        ? "cite".Equals(element.GetAttribute("type"), StringComparison.OrdinalIgnoreCase) || element.ClassList.Contains("gmail_quote") || IsNamed(element)
        : element.LocalName is "includetail" || (element.LocalName is "div" && IsNamed(element));

    /// <summary>A bare blockquote or a rule at the left is only an indentation: several clients make one for a paragraph of the answer. Its first lines decide.</summary>
    public static bool MayBeQuote(IElement element, HtmlStyle style) => element.LocalName is "blockquote" || (element.LocalName is "div" && style.RuleAtLeft);

    /// <summary>The page as text, cited lines marked. An answer in colour amid a quote is the expert's and gets no mark.</summary>
    public static string Marked((IReadOnlyList<HtmlLine> Lines, IReadOnlyList<int> BoxParents) page)
    {
        var (lines, parents) = page;
        var texts = lines.Select(line => line.Text).ToArray();
        var depths = lines.Select(line => line.Depth).ToArray();
        MarkBoxes(lines, parents, texts, depths);
        MarkTail(lines, texts, depths);

        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (depths[i] > 0 && !lines[i].Answer)
                for (var mark = Math.Min(depths[i], MaxDepth); mark > 0; mark--) text.Append(texts[i].Length > 0 || mark > 1 ? "> " : ">");
            text.Append(texts[i]).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsNamed(IElement element) => (element.Id is { Length: > 0 } id && Ids.Contains(id)) || (element.ClassName is { Length: > 0 } && element.ClassList.Any(Classes.Contains));

    private static void MarkBoxes(IReadOnlyList<HtmlLine> lines, IReadOnlyList<int> parents, string[] texts, int[] depths)
    {
        if (parents.Count == 1) return;
        var ranges = new Dictionary<int, (int First, int End)>();
        for (var i = 0; i < lines.Count; i++)
            for (var (box, height) = (lines[i].Box, 0); box != 0 && height < MaxDepth; box = parents[box], height++)
                ranges[box] = ranges.TryGetValue(box, out var known) ? (known.First, i + 1) : (i, i + 1);
        foreach (var (first, end) in ranges.Values.OrderBy(range => range.First).Take(200))
        {
            if (!BeginsQuote(texts, first, end)) continue;
            // Where nothing of the expert's comes after it, the announcement alone cuts it off, and it stays as it was written.
            var answered = Enumerable.Range(first, end - first).Any(i => lines[i].Answer) || Enumerable.Range(end, lines.Count - end).Any(i => texts[i].Length > 0 && depths[i] == 0);
            for (var i = first; answered && i < end; i++) depths[i]++;
        }
    }

    private static bool BeginsQuote(string[] texts, int first, int end)
    {
        var head = first;
        while (head < end && texts[head].Length == 0) head++;
        if (head == end) return false;
        return QuoteIntro.LengthAt(texts, head) > 0 || QuoteIntro.LengthEndingAt(texts, first) > 0;
    }

    /// <summary>A letter quoted without a frame runs to the end of the mail. Answers in colour show that it is answered line by line.</summary>
    private static void MarkTail(IReadOnlyList<HtmlLine> lines, string[] texts, int[] depths)
    {
        var lastAnswer = lines.Count - 1;
        while (lastAnswer >= 0 && !lines[lastAnswer].Answer) lastAnswer--;
        for (var i = 0; i < lastAnswer; i++)
        {
            if (depths[i] > 0 || QuoteIntro.LengthAt(texts, i) is not (> 0 and var length) || !QuoteIntro.StandsAlone(texts, i)) continue;
            for (var cited = i + length; cited < lines.Count; cited++) depths[cited] = Math.Max(depths[cited], 1);
            return;
        }
    }
}
