using System.Text.RegularExpressions;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>What a cell can hold of a person's text.</summary>
internal static partial class ExcelText
{
    private const int Longest = 32_767;
    private const string CutMark = "……（过长，已截断）";

    /// <summary>
    /// Without characters unfit for XML and no longer than Excel reads; a longer cell makes it "repair" the whole file.
    /// _x0041_ is Excel's escape for a character: text that only looks so is escaped, so that it isn't turned into one.
    /// </summary>
    public static string Of(string text)
    {
        var clean = DocumentText.Clean(text);
        if (clean.Length > Longest)
        {
            var end = Longest - CutMark.Length;
            clean = clean[..(char.IsHighSurrogate(clean[end - 1]) ? end - 1 : end)] + CutMark;
        }
        return LooksEscaped().Replace(clean, "_x005F_");
    }

    /// <summary>The width in columns' units: Chinese characters take two.</summary>
    public static int Width(string text)
    {
        var (widest, width) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width = rune.Value == '\n' ? 0 : width + (rune.Value < 0x1100 ? 1 : 2);
            widest = Math.Max(widest, width);
        }
        return widest;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooksEscaped();
}
