using System.Globalization;

namespace ExpertPanel.Workflows.Draw;

/// <summary>A number as ECMAScript's Number::toString writes it, which RFC 8785 section 3.2.2.3 prescribes.</summary>
public static class EcmaScriptNumber
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new FormatException("NaN and infinity have no JSON form.");
        if (value == 0)
            return "0"; // minus zero too

        // "R" gives the shortest digits that read back as the same double, the nearest of these: the same choice as ECMAScript's.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Split(shortest);
        return (value < 0 ? "-" : "") + Lay(digits, point);
    }

    /// <summary>The significant digits, and where the decimal point stands counted from before the first of them.</summary>
    private static (string Digits, int Point) Split(string text)
    {
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (pointAt < 0 ? mantissa.Length : pointAt) + exponent;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        return (significant.TrimEnd('0'), point - (all.Length - significant.Length));
    }

    private static string Lay(string digits, int point)
    {
        if (point is > 21 or <= -6)
        {
            var fraction = digits.Length == 1 ? "" : "." + digits[1..];
            var exponent = point - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
        }

        if (point <= 0)
            return "0." + new string('0', -point) + digits;
        return point >= digits.Length
            ? digits + new string('0', point - digits.Length)
            : digits[..point] + "." + digits[point..];
    }
}
