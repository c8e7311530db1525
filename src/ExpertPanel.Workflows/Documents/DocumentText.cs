using System.Globalization;
using System.Text;
using System.Xml;

namespace ExpertPanel.Workflows.Documents;

/// <summary>How people's text becomes the paragraphs of an official document, the same on paper and on a page.</summary>
public static class DocumentText
{
    // The fixed offset of legal dates in China; there has been no summer time since 1991.
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private static readonly string[] Digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// <summary>
    /// Removes what XML 1.0 can't hold (control characters, lone surrogates, U+FFFE, U+FFFF) and the characters that
    /// reverse the reading direction, with which a line can be made to read otherwise than it is stored.
    /// Rare characters and variation selectors stay. Line breaks and tabs stay.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var firstBad = FirstUnfit(text);
        if (firstBad < 0)
            return text;
        var clean = new StringBuilder(text.Length).Append(text, 0, firstBad);
        for (var i = firstBad; i < text.Length; i++)
        {
            var width = FitWidth(text, i);
            if (width == 0)
                continue;
            clean.Append(text, i, width);
            i += width - 1;
        }
        return clean.ToString();
    }

    /// <summary>Cleaned text on one line: line breaks and tabs become one space.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Paragraphs(text));

    /// <summary>Every line break begins a new paragraph; empty ones are dropped, since indents and spacing come from the layout.</summary>
    public static IReadOnlyList<string> Paragraphs(string? text)
    {
        // VT and FF are breaks to people, but unfit for XML: split before cleaning.
        if (string.IsNullOrEmpty(text))
            return [];
        var paragraphs = new List<string>();
        foreach (var part in text.Split(ParagraphBreaks, StringSplitOptions.RemoveEmptyEntries))
        {
            var paragraph = Clean(part).Replace('\t', ' ').Trim();
            if (paragraph.Length > 0)
                paragraphs.Add(paragraph);
        }
        return paragraphs;
    }

    /// <summary>Arabic numerals without padding, as GB/T 9704-2012 7.3.5.4 wants: 2014年10月9日. An unset date leaves room for a pen.</summary>
    public static string Date(DateOnly? date) => date is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : "　　　　年　　月　　日";

    /// <summary>The local time of an event: 2014年10月9日 15:30.</summary>
    public static string Time(DateTimeOffset? time)
    {
        if (time is not { } moment)
            return "";
        var local = moment.ToOffset(ChinaOffset);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日 {local.Hour}:{local.Minute:00}");
    }

    /// <summary>The same within a sentence: 2014年10月9日15时30分, or 15时 on the hour.</summary>
    public static string TimeInWords(DateTimeOffset time)
    {
        var local = time.ToOffset(ChinaOffset);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日{local.Hour}时")
            + (local.Minute == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{local.Minute}分"));
    }

    /// <summary>The numeral of a heading, 1 to 99: 一, 十, 十一, 二十.</summary>
    public static string ChineseNumeral(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 99);
        var (tens, ones) = Math.DivRem(number, 10);
        return tens switch
        {
            0 => Digits[ones],
            1 => "十" + Digits[ones],
            _ => Digits[tens] + "十" + Digits[ones],
        };
    }

    private static readonly string[] ParagraphBreaks = ["\r\n", "\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"];

    private static int FirstUnfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var width = FitWidth(text, i);
            if (width == 0)
                return i;
            i += width - 1;
        }
        return -1;
    }

    /// <summary>2 for a whole surrogate pair, 1 for any other fit character, 0 for one that must go.</summary>
    private static int FitWidth(string text, int index)
    {
        var character = text[index];
        if (char.IsHighSurrogate(character))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 0;
        return XmlConvert.IsXmlChar(character) && !TurnsDirection(character) ? 1 : 0;
    }

    private static bool TurnsDirection(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
