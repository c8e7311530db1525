using System.Globalization;
using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Experts;

/// <summary>The numbers of a bank, one after the other: after the greatest of its own, in its own form.</summary>
public sealed partial class BankNumbers
{
    private const string FirstPrefix = "ZJ";
    private const int FirstDigits = 4;

    private readonly HashSet<string> taken;
    private readonly string prefix;
    private readonly int digits;
    private long last;

    /// <param name="taken">The numbers of the own experts; a guest keeps the lender's.</param>
    public BankNumbers(IEnumerable<string> taken)
    {
        this.taken = new(taken, StringComparer.Ordinal);
        var greatest = this.taken.Select(n => Numbered().Match(n)).Where(m => m.Success).MaxBy(m => long.Parse(m.Groups["serial"].Value, CultureInfo.InvariantCulture));
        (prefix, digits, last) = greatest is null
            ? (FirstPrefix, FirstDigits, 0)
            : (greatest.Groups["prefix"].Value, greatest.Groups["serial"].Length, long.Parse(greatest.Groups["serial"].Value, CultureInfo.InvariantCulture));
    }

    public string Next()
    {
        string next;
        do next = prefix + (++last).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        while (!taken.Add(next));
        return next;
    }

    [GeneratedRegex(@"^(?<prefix>\D*)(?<serial>\d{1,15})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();
}
