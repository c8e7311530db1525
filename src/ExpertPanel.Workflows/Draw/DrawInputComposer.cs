using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpertPanel.Workflows.Beacons;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Makes an input out of what the program knows, as the same JSON a person would have handed in.</summary>
public static class DrawInputComposer
{
    private static readonly JsonSerializerOptions Serializing = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Composes and reads back, so that what is stored has passed the same checks as a file. The beacon is not public yet.</summary>
    /// <param name="beaconNamed">Which beacon the draw waits for; hashed with the rest, so that none can be chosen afterwards.</param>
    public static DrawInputReading Compose(
        DrawMatter matter,
        IReadOnlyList<Seat> seats,
        DrawRules rules,
        DateTimeOffset now,
        IReadOnlyList<Candidate> pool,
        string secret,
        NamedBeacon? beaconNamed = null)
    {
        var named = beaconNamed is { } b ? new { kind = JsonNamingPolicy.CamelCase.ConvertName(b.Kind.ToString()), source = b.Source, round = b.Round } : null;
        return DrawInputReader.ReadBeforeBeacon(JsonSerializer.SerializeToUtf8Bytes(new { schema = DrawInput.Schema, matter, seats, rules, now, pool, beaconNamed = named, secret }, Serializing));
    }

    /// <summary>
    /// The frozen text with its beacon, read once; everything else stays as it was committed to, byte for byte. A text that has a beacon
    /// already is not sound, since it stands twice then.
    /// </summary>
    /// <param name="frozen">The JSON that was committed to.</param>
    public static DrawInputReading WithBeacon(string frozen, Beacon beacon)
    {
        var end = frozen.LastIndexOf('}');
        return DrawInputReader.Read(end < 0 ? frozen : string.Concat(frozen.AsSpan(0, end), ",\"beacon\":", JsonSerializer.Serialize(beacon, Serializing), frozen.AsSpan(end)));
    }
}
