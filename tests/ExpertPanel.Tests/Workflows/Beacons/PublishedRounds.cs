using System.Text.Json.Nodes;
using ExpertPanel.Tests.Seeds;
using ExpertPanel.Workflows.Beacons;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

/// <summary>
/// Rounds that drand published. Each one's signature was verified with @noble/curves (the library of drand's own JavaScript client) over
/// the chain's key before it was written down here.
/// </summary>
internal static class PublishedRounds
{
    /// <summary>drand-client, test/data.ts at b9572b2: the first round of the first chain, which has the group's hash for a signature before.</summary>
    public const string DefaultFirst =
        """
        {"round":1,
         "randomness":"101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec",
         "signature":"8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b10104990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655",
         "previous_signature":"176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a"}
        """;

    /// <summary>hicetnunc2000/random-bridge, issue 2: an answer of https://api.drand.sh/public/latest in September 2020.</summary>
    public const string Default =
        """
        {"round":162810,
         "randomness":"646c742faded02ebeb15fcb1c34314ed566381df59b90b28ba5af8b12b959c2d",
         "signature":"8aee2fb6c79704f54c164ee9fcab89a16e83f843e8d483ba7002c3aee222812263a2e9225ad2e32b80acefe1f066d3db17ebc4cd2a25e5f7975575c94316851113e674056b0eecb515a01ca62f7a370a5d6d26828dd02243041cab8d33ad4796",
         "previous_signature":"ac27db9e31f65fed65130667dcb323ad2745fa5901f6f8b82f39e3707cd13150d9c25c412f02f32cc9561466d7abbec808a31899d4768d2429c3a83d21d41928399b9a6e1e74873069990210ee57c0bc049af5dc1ef0b1b394caade1d77f4c0d"}
        """;

    /// <summary>The read-me of very-lame-username/python-drand-verify.</summary>
    public const string Quicknet =
        """
        {"round":657413,
         "randomness":"fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
         "signature":"b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"}
        """;

    public static TheoryData<string, string> All => new() { { "default", DefaultFirst }, { "default", Default }, { "quicknet", Quicknet } };

    public static string ChainJson(string name) => File.ReadAllText(SeedFolder.Find("beacons", $"{name}.json"));

    public static DrandChain Chain(string name)
    {
        var reading = DrandChainReader.Read(ChainJson(name));
        Assert.Empty(reading.Faults);
        return Assert.IsType<DrandChain>(reading.Chain);
    }

    /// <summary>The round as a draw would have named it.</summary>
    public static NamedBeacon Named(DrandChain chain, string round)
    {
        var number = (long)JsonNode.Parse(round)!["round"]!; // the published rounds have one
        var before = Assert.IsType<DateTimeOffset>(chain.TimeOf(number)) - TimeSpan.FromSeconds(1);
        return chain.NameAfter(before, TimeSpan.Zero);
    }

    public static JsonObject Changed(string json, string name, JsonNode? value)
    {
        var changed = JsonNode.Parse(json)!.AsObject(); // the texts here are objects
        changed[name] = value;
        return changed;
    }

    /// <summary>The hex with one bit turned over.</summary>
    public static string Flip(string hex, int bit)
    {
        var bytes = Convert.FromHexString(hex);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Convert.ToHexStringLower(bytes);
    }
}
