using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Everything a draw came to. All of it follows from <see cref="Input"/>, so that anyone can draw again and compare.
/// The order of the fields is the order of the file.
/// </summary>
public sealed record DrawTranscript(
    string Schema,
    [property: JsonConverter(typeof(DrawTranscript.WholeInput))] DrawInput Input,
    string InputHash,
    string SecretHash,
    string Seed,
    string Outcome,
    IReadOnlyList<OrderedExpert> Order,
    IReadOnlyList<ExcludedExpert> Excluded,
    IReadOnlyList<PassedOverExpert> PassedOver,
    IReadOnlyList<SeatedExpert> Panel,
    IReadOnlyList<SeatAlternates> Alternates,
    IReadOnlyList<string> ThinSeats,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Blocking = null)
{
    public const string CurrentSchema = "expertpanel.draw/1";
    public const string Drawn = "drawn";
    public const string Infeasible = "infeasible";

    private static readonly JsonSerializerOptions Serializing = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file people read, never part of a page
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The transcript's file, to the byte.</summary>
    public byte[] ToUtf8() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Serializing), (byte)'\n'];

    public string ToJson() => JsonSerializer.Serialize(this, Serializing) + "\n";

    /// <summary>
    /// Takes up a transcript this program wrote and kept. It believes what is written: one from elsewhere is first
    /// given to <see cref="DrawVerification"/>.
    /// </summary>
    /// <exception cref="JsonException">It is no transcript.</exception>
    public static DrawTranscript FromJson(string json) =>
        JsonSerializer.Deserialize<DrawTranscript>(json, Serializing) ?? throw new JsonException("A transcript is a JSON object.");

    /// <summary>Keeps the input as it was given, byte for byte.</summary>
    internal sealed class WholeInput : JsonConverter<DrawInput>
    {
        public override DrawInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DrawInputReader.Read(JsonElement.ParseValue(ref reader), "input").Input ?? throw new JsonException("The transcript's input is not sound.");

        public override void Write(Utf8JsonWriter writer, DrawInput value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value.Raw), skipInputValidation: true);
    }
}

public sealed record OrderedExpert(string Id, string Number, int Tickets);

public sealed record ExcludedExpert(string Id, IReadOnlyList<ExclusionReason> Reasons);

public sealed record ExclusionReason(string Code, string Evidence);

public sealed record PassedOverExpert(string Id, string Why)
{
    /// <summary>With him the panel could not be completed, whatever the employers.</summary>
    public const string Seat = "seat";

    /// <summary>With him the panel could be completed but for the limit of experts from one employer.</summary>
    public const string Employer = "employer";
}

public sealed record SeatedExpert(string Seat, string Id);

public sealed record SeatAlternates(string Seat, IReadOnlyList<string> Ids);
