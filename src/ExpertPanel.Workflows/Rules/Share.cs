using System.Globalization;

namespace ExpertPanel.Workflows.Rules;

/// <summary>A share as the rules write it, such as <c>1/3</c>: whole numbers, since a third is no decimal.</summary>
public sealed record Share(int Part, int Whole)
{
    /// <summary>The fewest of so many that are at least this share.</summary>
    public int AtLeast(int count) => ((count * Part) + Whole - 1) / Whole;

    /// <summary>The most of so many that are at most this share.</summary>
    public int AtMost(int count) => count * Part / Whole;

    /// <summary>Reads <c>0</c>, <c>1</c> or <c>a/b</c> with a not more than b; anything else is null.</summary>
    public static Share? Read(string text)
    {
        var parts = text.Split('/');
        if (parts.Length is 0 or > 2 || !Number(parts[0], out var part) || !Number(parts.Length == 2 ? parts[1] : "1", out var whole)) return null;
        return whole > 0 && part <= whole ? new(part, whole) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}/{Whole}");

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 1000;
}
