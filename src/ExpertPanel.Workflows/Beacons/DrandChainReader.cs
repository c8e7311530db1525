using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>A chain, or every fault that kept it from being read, each as <c>path: what is wrong; what is expected</c>.</summary>
public sealed record DrandChainReading(DrandChain? Chain, IReadOnlyList<string> Faults);

/// <summary>Reads what drand answers at <c>/info</c>. Fields that drand may add are ignored.</summary>
public static class DrandChainReader
{
    public const int MostCharacters = 16 * 1024;

    private const string DefaultId = "default";
    private const int SecondsInADay = 86_400;

    public static DrandChainReading Read(string json)
    {
        var problems = new List<DrawProblem>();
        if (DrandJson.Parse(json, MostCharacters, problems) is not { } root) return Faulty(problems);
        var fields = new DrawInputFields(root, "", problems);
        var id = fields.Text("schemeID", "the scheme's name");
        var scheme = DrandScheme.All.FirstOrDefault(s => s.Id == id);
        if (scheme is null && id.Length > 0)
            fields.Report("schemeID", $"is {DrawProblem.Quote(id)}", string.Join(" or ", DrandScheme.All.Select(s => s.Id)));
        var chain = new DrandChain(
            BeaconId(root, fields),
            fields.Hex("hash", digits: 64).ToLowerInvariant(),
            scheme ?? DrandScheme.PedersenBlsChained,
            TimeSpan.FromSeconds(fields.Whole("period", least: 1, SecondsInADay)),
            DateTimeOffset.FromUnixTimeSeconds(fields.Whole("genesis_time", least: 1)),
            fields.Hex("public_key", scheme?.PublicKeyBytes * 2).ToLowerInvariant(),
            fields.Hex("groupHash", digits: 64).ToLowerInvariant());
        if (problems.Count == 0 && HashOf(chain) is var hash && hash != chain.Hash)
            fields.Report("hash", "does not follow from the other fields", hash);
        return problems.Count == 0 ? new(chain, []) : Faulty(problems);
    }

    /// <summary>Old relays say no id for the chain that was the only one then.</summary>
    private static string BeaconId(JsonElement root, DrawInputFields fields)
    {
        if (!root.TryGetProperty("metadata", out _)) return DefaultId;
        const string expected = "the chain's name of at most 64 letters, digits, dots, hyphens and underscores";
        var metadata = fields.Object("metadata", "an object with beaconID");
        var id = metadata?.Text("beaconID", expected) ?? "";
        if (metadata is not null && id.Length > 0 && !(id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')))
            metadata.Report("beaconID", $"is {DrawProblem.Quote(id)}", expected);
        return id;
    }

    /// <summary>As drand computes it (common/chain/info.go): the first chain's name is left out, since it had none.</summary>
    private static string HashOf(DrandChain chain)
    {
        Span<byte> times = stackalloc byte[sizeof(uint) + sizeof(long)];
        BinaryPrimitives.WriteUInt32BigEndian(times, (uint)chain.Period.TotalSeconds);
        BinaryPrimitives.WriteInt64BigEndian(times[sizeof(uint)..], chain.Genesis.ToUnixTimeSeconds());
        return Convert.ToHexStringLower(SHA256.HashData(
        [
            .. times,
            .. Convert.FromHexString(chain.PublicKey),
            .. Convert.FromHexString(chain.GroupHash),
            .. chain.BeaconId == DefaultId ? [] : Encoding.UTF8.GetBytes(chain.BeaconId),
        ]));
    }

    private static DrandChainReading Faulty(List<DrawProblem> problems) => new(Chain: null, [.. problems.Select(p => p.ToString())]);
}
