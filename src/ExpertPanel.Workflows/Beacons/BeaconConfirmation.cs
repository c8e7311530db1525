using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>A value as one person entered it.</summary>
/// <param name="ReadFrom">Where the person read it: an address, a newspaper, a notary's record.</param>
public sealed record EnteredValue(string Value, string ReadFrom, Person By, DateTimeOffset At);

/// <summary>Exactly one of the two is set.</summary>
public sealed record ConfirmedBeacon(Beacon? Beacon, Refusal? Refusal);

/// <summary>
/// A value that the program can't verify counts once two persons have each read it for themselves and entered the same. The second must
/// not be shown what the first entered, or only one has read it.
/// </summary>
public static class BeaconConfirmation
{
    public const int MostDigits = 512;

    /// <summary>Why one person's entry does not count, if so.</summary>
    public static Refusal? Check(NamedBeacon named, EnteredValue entry)
    {
        if (entry.At < named.KnownFrom)
            return new("beacon.too-early", $"第 {named.Round} 期要到 {Deadlines.ChinaTime.Minute(named.KnownFrom)} 才会公布，现在还不能录入。");
        if (Digits(entry.Value) is null)
            return new("beacon.value", $"随机值应为偶数个十六进制字符（0-9、a-f），最多 {MostDigits} 个。", nameof(EnteredValue.Value));
        return string.IsNullOrWhiteSpace(entry.ReadFrom)
            ? new("beacon.read-from", "请写明随机值是从哪里读到的（网址、报纸或公证记录）。", nameof(EnteredValue.ReadFrom))
            : null;
    }

    /// <summary>The beacon that completes the draw's seed, or why the two entries don't give one.</summary>
    public static ConfirmedBeacon Confirm(NamedBeacon named, EnteredValue first, EnteredValue second)
    {
        if ((Check(named, first) ?? Check(named, second)) is { } refusal) return new(Beacon: null, refusal);
        if (first.By.Id == second.By.Id)
            return new(Beacon: null, new("beacon.same-person", "随机值须由两人分别读取、分别录入，请由另一人录入。"));
        return Digits(first.Value) is { } value && value == Digits(second.Value)
            ? new(new(named.Source, named.Round, value), Refusal: null)
            : new(Beacon: null, new("beacon.differs", "两人录入的随机值不一致，请各自核对公布的数值后重新录入。"));
    }

    /// <summary>
    /// The hex digits of an entry, or nothing when it has others. Figures copied from a Chinese page are often full-width or set in groups.
    /// </summary>
    public static string? Digits(string entered)
    {
        if (entered.Length > MostDigits * 4) return null;
        var digits = string.Concat(entered.Where(c => !char.IsWhiteSpace(c)).Select(HalfWidth)).ToLowerInvariant();
        return digits.Length is > 0 and <= MostDigits && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    private static char HalfWidth(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
}
