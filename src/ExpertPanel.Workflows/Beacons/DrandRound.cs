using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// One round as drand publishes it. What is read here is whole, of the named round, and its value is the hash of its signature.
/// That is NOT proof that drand signed it: the signature itself is not verified here, so two persons confirm the value
/// (<see cref="BeaconConfirmation"/>), and anyone can verify it later with drand's own clients.
/// </summary>
public sealed record DrandRound(long Round, string Randomness, string Signature, string? PreviousSignature)
{
    public const int MostCharacters = 8 * 1024;

    private const int HashBytes = 32;

    /// <summary>Reads the JSON that a relay answers for the round which the draw waits for.</summary>
    public static DrandRoundReading Read(string json, DrandChain chain, NamedBeacon named)
    {
        if (named.Source != chain.Source)
            return Refuse("beacon.drand-source", $"这次抽取等待的随机源是“{named.Source}”，不是 {chain.Source}。");
        var problems = new List<DrawProblem>();
        if (DrandJson.Parse(json, MostCharacters, problems) is not { } root)
            return Refuse("beacon.drand-json", "这不是 drand 一期随机数的 JSON，请从公布网址完整复制。");
        var fields = new DrawInputFields(root, "", problems);
        var round = new DrandRound(
            fields.Whole("round", least: 1),
            fields.Hex("randomness", HashBytes * 2).ToLowerInvariant(),
            fields.Hex("signature", chain.Scheme.SignatureBytes * 2).ToLowerInvariant(),
            Previous(root, fields, chain.Scheme));
        if (problems.Count > 0)
            return Refuse("beacon.drand-field", $"drand 的 JSON 中 {string.Join("、", problems.Select(p => p.Path).Distinct())} 缺失或格式不对，请从公布网址完整复制。");
        if (round.Round.ToString(CultureInfo.InvariantCulture) != named.Round)
            return Refuse("beacon.drand-round", $"这是第 {round.Round} 期；本次抽取等待的是第 {named.Round} 期。");
        return round.Randomness == Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(round.Signature)))
            ? new(round, Refusal: null)
            : Refuse("beacon.drand-randomness", "随机值与签名不符（应为签名的 SHA-256），内容有误或被改动，请重新从公布网址复制。");
    }

    private static DrandRoundReading Refuse(string code, string message) => new(Round: null, new(code, message));

    /// <summary>The signature before; the first round of a chain has the group's hash in its place, and an unchained one has none.</summary>
    private static string? Previous(JsonElement root, DrawInputFields fields, DrandScheme scheme)
    {
        const string name = "previous_signature";
        if (scheme.IsChained)
            return fields.Hex(name, root.TryGetProperty("round", out var round) && round.GetRawText() == "1" ? HashBytes * 2 : scheme.SignatureBytes * 2).ToLowerInvariant();
        if (root.TryGetProperty(name, out var given) && given.ValueKind != JsonValueKind.Null && !(given.ValueKind == JsonValueKind.String && given.ValueEquals("")))
            fields.Report(name, "is given", "none in an unchained round");
        return null;
    }
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record DrandRoundReading(DrandRound? Round, Refusal? Refusal);
