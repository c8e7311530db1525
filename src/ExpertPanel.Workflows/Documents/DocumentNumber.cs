using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ExpertPanel.Workflows.Documents;

/// <summary>
/// 发文字号 as GB/T 9704 writes it: 甘政法函〔2014〕12号, with tortoise-shell brackets (U+3014, U+3015), no 第, no leading zero.
/// Older papers write it otherwise, and they are still quoted, so reading is lenient and writing is not.
/// </summary>
/// <param name="IssuerCode">机关代字.</param>
/// <param name="Year">The year of issue, four digits.</param>
/// <param name="Serial">From 1, one series per code and year.</param>
public sealed record DocumentNumber(string IssuerCode, int Year, int Serial)
{
    private const int LongestIssuerCode = 20;
    private const string Opening = "〔[【(﹝";
    private const string Closing = "〕]】)﹞";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{IssuerCode}〔{Year}〕{Serial}号");

    /// <summary>Letters alone (Han as a rule), none of the marks that would make the number ambiguous.</summary>
    public static bool IsIssuerCode([NotNullWhen(true)] string? code) =>
        code is { Length: > 0 and <= LongestIssuerCode } && code.EnumerateRunes().All(Rune.IsLetter) && !code.Contains('第', StringComparison.Ordinal);

    /// <summary>
    /// Reads a number alone in its text: with square, round or lenticular brackets, half or full width, with 第, leading
    /// zeros and spaces, as older papers have it.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DocumentNumber? number)
    {
        number = null;
        if (text is not { Length: > 0 and <= 60 })
            return false;
        var plain = Plain(text);
        var open = plain.IndexOfAny([.. Opening]);
        var close = plain.IndexOfAny([.. Closing]);
        if (open < 0 || close - open != 5 || !plain.EndsWith('号'))
            return false;
        var code = plain[..open];
        var serial = plain[(close + 1)..^1].TrimStart('第');
        if (!IsIssuerCode(code) || plain.Count(character => character == '第') > 1
            || Digits(plain[(open + 1)..close]) is not ({ } year and >= 1949) || Digits(serial) is not ({ } count and > 0))
            return false;
        number = new DocumentNumber(code, year, count);
        return true;
    }

    private static int? Digits(string text) =>
        text.Length is > 0 and <= 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Full-width signs become ASCII; white space goes.</summary>
    private static string Plain(string text) => string.Concat(text
        .Where(character => !char.IsWhiteSpace(character))
        .Select(character => character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character));
}
