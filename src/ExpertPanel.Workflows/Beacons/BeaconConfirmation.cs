using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>Exactly one of the two is set.</summary>
/// <param name="Value">Lower-case hex, as the transcript has it.</param>
public sealed record BeaconReading(string? Value, Refusal? Refusal);

/// <summary>
/// A value that the program can't verify counts once two persons have each read it for themselves and entered the same. The second must
/// not be shown what the first entered, or only one has read it: what is kept of an entry is its hash.
/// </summary>
public static class BeaconConfirmation
{
    public const int MostDigits = 512;

    /// <summary>Fewer digits can be guessed at by trying; a draw of three or five balls is no beacon.</summary>
    public const int FewestLotteryDigits = 10;

    private const int DrandDigits = 64;

    /// <summary>
    /// The hex digits that an entry stands for. Of a lottery they are the figures as published, in their order, with a leading 0 where their
    /// number is odd: so the winning numbers can be read in the transcript. Of drand they are the round's randomness, given as the JSON
    /// that a relay answers (round, and value against signature, are checked) or as its 64 digits.
    /// </summary>
    /// <param name="chain">The committee's chain of drand; needed for that kind alone.</param>
    public static BeaconReading Read(NamedBeacon named, string entered, string readFrom, DrandChain? chain, DateTimeOffset at)
    {
        if (at < named.KnownFrom)
            return Refuse("beacon.too-early", $"第 {named.Round} 期要到 {Deadlines.ChinaTime.Minute(named.KnownFrom.Value)} 才会公布，现在还不能录入。");
        if (string.IsNullOrWhiteSpace(readFrom))
            return Refuse("beacon.read-from", "请写明随机值是从哪里读到的（网址、报纸或公证记录）。", nameof(EnterBeacon.ReadFrom));
        return named.Kind == BeaconKind.Drand ? ReadDrand(named, entered, chain) : ReadLottery(entered);
    }

    /// <summary>What is kept of an entry until the second agrees.</summary>
    public static string HashOf(Guid drawId, string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"expertpanel/beacon-entry/1\0{drawId:D}\0{value}")));

    /// <summary>
    /// The hex digits of an entry, or nothing when it has others. Figures copied from a Chinese page are often full-width or set in groups.
    /// </summary>
    public static string? Digits(string entered) => Hex(entered) is { } digits && digits.Length % 2 == 0 ? digits : null;

    private static BeaconReading ReadLottery(string entered)
    {
        if (Hex(entered.Length > MostDigits * 4 ? "" : entered.Replace('+', ' ').Replace('＋', ' ')) is not { Length: >= FewestLotteryDigits } digits)
            return Refuse("beacon.value", $"请按公布的次序抄录号码：{FewestLotteryDigits} 到 {MostDigits} 个数字（可用空格、加号隔开；也可为十六进制 a-f）。", nameof(EnterBeacon.Value));
        return new(digits.Length % 2 == 0 ? digits : "0" + digits, Refusal: null);
    }

    private static BeaconReading ReadDrand(NamedBeacon named, string entered, DrandChain? chain)
    {
        if (chain is not null && entered.AsSpan().TrimStart().StartsWith("{"))
        {
            var (round, refusal) = DrandRound.Read(entered, chain, named);
            return new(round?.Randomness, refusal is null ? null : refusal with { Field = nameof(EnterBeacon.Value) });
        }

        return Hex(entered) is { Length: DrandDigits } digits
            ? new(digits, Refusal: null)
            : Refuse("beacon.drand-value", $"请粘贴 drand 公布网址返回的完整 JSON，或其中 randomness 的 {DrandDigits} 个十六进制字符。", nameof(EnterBeacon.Value));
    }

    private static string? Hex(string entered)
    {
        if (entered.Length > MostDigits * 4) return null;
        var digits = string.Concat(entered.Where(c => !char.IsWhiteSpace(c)).Select(HalfWidth)).ToLowerInvariant();
        return digits.Length is > 0 and <= MostDigits && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    private static char HalfWidth(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private static BeaconReading Refuse(string code, string message, string? field = null) => new(Value: null, new(code, message, field));
}
