using System.Globalization;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// Breaks a title as GB/T 9704-2012 7.3.1 asks: lines of balanced length, no word torn where we can see one,
/// instead of one full line and a stray word.
/// </summary>
internal static class TitleLines
{
    private const string MayNotBegin = "》）〕】”’、，。；：！？％的";
    private const string MayNotEnd = "《（〔【“‘";
    private const string GoodEnds = "》）、，的";

    public static IReadOnlyList<string> Of(string title, int charactersPerLine)
    {
        var rest = Elements(title);
        var lines = new List<string>();
        while (Width(rest) > charactersPerLine)
        {
            var linesLeft = (int)Math.Ceiling(Width(rest) / charactersPerLine);
            var length = BestBreak(rest, Width(rest) / linesLeft, charactersPerLine);
            lines.Add(string.Concat(rest.Take(length)).Trim());
            rest = rest[length..];
        }
        lines.Add(string.Concat(rest).Trim());
        return lines;
    }

    private static int BestBreak(List<string> elements, double wanted, int most)
    {
        var best = 0;
        var bestCost = double.MaxValue;
        var width = 0.0;
        for (var i = 0; i < elements.Count - 1; i++)
        {
            width += Typeset.Width(elements[i]);
            if (width > most)
                break;
            var cost = Math.Abs(width - wanted) + Awkwardness(elements[i], elements[i + 1]);
            if (cost >= bestCost)
                continue;
            (best, bestCost) = (i + 1, cost);
        }
        return Math.Max(best, 1);
    }

    private static double Awkwardness(string before, string after)
    {
        if (MayNotBegin.Contains(after, StringComparison.Ordinal) || MayNotEnd.Contains(before, StringComparison.Ordinal) || (IsLatin(before) && IsLatin(after)))
            return 1000;
        return GoodEnds.Contains(before, StringComparison.Ordinal) || after is "《" or "（" ? 0 : 6;
    }

    private static bool IsLatin(string element) => char.IsAsciiLetterOrDigit(element[0]);

    private static double Width(List<string> elements) => elements.Sum(Typeset.Width);

    private static List<string> Elements(string text)
    {
        var elements = new List<string>();
        var walk = StringInfo.GetTextElementEnumerator(text);
        while (walk.MoveNext())
            elements.Add(walk.GetTextElement());
        return elements;
    }
}
