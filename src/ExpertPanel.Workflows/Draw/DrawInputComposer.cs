using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Makes an input out of what the program knows, as the same JSON a person would have handed in.</summary>
public static class DrawInputComposer
{
    private static readonly JsonSerializerOptions Serializing = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Composes and reads back, so that what is stored has passed the same checks as a file. Give no beacon before it is public.</summary>
    public static DrawInputReading Compose(
        DrawMatter matter,
        IReadOnlyList<Seat> seats,
        DrawRules rules,
        DateTimeOffset now,
        IReadOnlyList<Candidate> pool,
        string secret,
        Beacon? beacon = null)
    {
        var json = JsonSerializer.Serialize(new { schema = DrawInput.Schema, matter, seats, rules, now, pool, secret }, Serializing);
        var reading = DrawInputReader.ReadBeforeBeacon(json);
        return reading.IsSound && beacon is not null ? WithBeacon(reading.Input, beacon) : reading;
    }

    /// <summary>The same input with its beacon; everything else stays as it was committed to, byte for byte.</summary>
    public static DrawInputReading WithBeacon(DrawInput input, Beacon beacon)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var field in input.Raw.EnumerateObject().Where(field => !field.NameEquals("beacon")))
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
            }

            writer.WritePropertyName("beacon");
            JsonSerializer.Serialize(writer, beacon, Serializing);
            writer.WriteEndObject();
        }

        return DrawInputReader.Read(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
