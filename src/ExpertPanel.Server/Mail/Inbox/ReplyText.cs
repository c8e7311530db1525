namespace ExpertPanel.Server.Mail.Inbox;

public readonly record struct TextSegment(string Text, bool Kept);

/// <summary>
/// Parts a reply from what its client put below it: the quoted letter and the client's footer. The rule throughout: rather keep too
/// much than cut a word of the opinion. Nothing is lost; what is cut is shown beside it.
/// </summary>
public static class ReplyText
{
    /// <summary>Without an owner every announcement of a letter is taken for ours.</summary>
    public static (string Text, string Elided) Split(string text, QuoteOwner? owner = null) => Split(Segments(text, owner));

    public static (string Text, string Elided) Split(IReadOnlyList<TextSegment> segments) => (Join(segments, kept: true), Join(segments, kept: false));

    /// <summary>In order, these are the text to the letter.</summary>
    public static IReadOnlyList<TextSegment> Segments(string text, QuoteOwner? owner = null)
    {
        var lines = Lines(text);
        var end = EndOfReply(lines, owner);
        var start = 0;
        while (start < end && IsBlank(lines[start])) start++;

        var segments = new List<TextSegment>(3);
        Add(segments, lines[..start], kept: false);
        Add(segments, lines[start..end], kept: true);
        Add(segments, lines[end..], kept: false);
        return segments;
    }

    /// <summary>The first line that is no longer the expert's own.</summary>
    private static int EndOfReply(string[] lines, QuoteOwner? owner)
    {
        var end = UnmarkedQuoteStart(lines, owner);
        while (true)
        {
            var before = end;
            end = WithoutTrailing(lines, end, line => IsBlank(line) || ClientFooter.Is(line));
            end = WithoutMarkedQuote(lines, end);
            if (end == before) return end;
        }
    }

    /// <summary>A letter quoted without marks runs to the end of the mail: nothing tells its lines from an answer's.</summary>
    private static int UnmarkedQuoteStart(string[] lines, QuoteOwner? owner)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (QuoteIntro.LengthAt(lines, i) is not (> 0 and var length)) continue;
            var body = i + length;
            while (body < lines.Length && IsBlank(lines[body])) body++;
            if (body < lines.Length && QuoteIntro.IsMarked(lines[body]))
            {
                // Marked lines are judged from the end, where answers between them would show.
                i = body - 1;
                continue;
            }

            if (!QuoteIntro.StandsAlone(lines, i, owner)) continue;
            return InlineAnswers.Below(lines, i, i + length) ? lines.Length : QuoteIntro.WithRuleAbove(lines, i);
        }

        return lines.Length;
    }

    /// <summary>Cuts a quote marked by &gt; only when it is the tail: with an answer beneath it, quote and answer belong together.</summary>
    private static int WithoutMarkedQuote(string[] lines, int end)
    {
        var start = WithoutTrailing(lines, end, line => IsBlank(line) || QuoteIntro.IsMarked(line));
        while (start < end && IsBlank(lines[start])) start++;
        if (start == end) return end;
        var intro = WithoutTrailing(lines, start, IsBlank);
        if (QuoteIntro.LengthEndingAt(lines, intro) is > 0 and var length) return QuoteIntro.WithRuleAbove(lines, intro - length);
        // A lone ">5万元" at the end is a figure of the expert's.
        return end - start == 1 && QuoteIntro.MayBeFigure(lines[start]) ? end : start;
    }

    private static int WithoutTrailing(string[] lines, int end, Func<string, bool> drop)
    {
        while (end > 0 && drop(lines[end - 1])) end--;
        return end;
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    /// <summary>Each with its line ending.</summary>
    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var next = newline < 0 ? text.Length : newline + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return [.. lines];
    }

    private static void Add(List<TextSegment> segments, string[] lines, bool kept)
    {
        if (lines.Length > 0) segments.Add(new TextSegment(string.Concat(lines), kept));
    }

    private static string Join(IReadOnlyList<TextSegment> segments, bool kept) =>
        string.Concat(segments.Where(segment => segment.Kept == kept).Select(segment => segment.Text)).Trim();
}
