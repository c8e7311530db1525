using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>One change to a transcript's bytes: so many from this place on are replaced by these.</summary>
/// <param name="Kind">What was done, for the count.</param>
/// <param name="Field">The path of the one value that was changed; none where a byte was, wherever it fell.</param>
internal sealed record TranscriptChange(string Kind, string? Field, int Start, int Length, byte[] By)
{
    public byte[] Apply(ReadOnlySpan<byte> transcript) => [.. transcript[..Start], .. By, .. transcript[(Start + Length)..]];
}

/// <summary>Changes to a transcript: any byte changed, dropped or put in, any one value changed.</summary>
internal static class TranscriptChanges
{
    private static readonly char[] HexLetters = [.. "abcdefABCDEF"];

    public static TranscriptChange Next(byte[] transcript, IReadOnlyList<TranscriptValue> values, Chance chance)
    {
        var at = chance.Below(transcript.Length);
        return chance.Below(6) switch
        {
            0 => new("bit flipped", null, at, 1, [(byte)(transcript[at] ^ (1 << chance.Below(8)))]),
            1 => new("byte replaced", null, at, 1, [(byte)(transcript[at] + 1 + chance.Below(255))]),
            2 => new("byte dropped", null, at, 1, []),
            3 => new("byte put in", null, at, 0, [chance.OneIn(2) ? (byte)(0x20 + chance.Below(95)) : (byte)chance.Below(256)]),
            _ => ValueChanged(chance.Of(values), chance),
        };
    }

    private static TranscriptChange ValueChanged(TranscriptValue value, Chance chance)
    {
        if (value.Kind is not JsonTokenType.String)
        {
            string[] others = value.Kind == JsonTokenType.Number ? [value.Raw + "1", "-" + value.Raw.TrimStart('-'), "0.5", "\"" + value.Raw + "\"", "null"] : ["true", "false", "null", "0", "\"true\""];
            return new("value replaced", value.Path, value.Start, value.Raw.Length, Encoding.UTF8.GetBytes(chance.Of(others)));
        }

        var inner = value.Raw[1..^1];
        var letter = inner.IndexOfAny(HexLetters);
        string[] texts =
        [
            inner + "1", inner + " ", "1" + inner, inner + "\\u0000", "", inner + "\u200B",
            letter < 0 ? inner + "a" : inner[..letter] + (char)(inner[letter] ^ 0x20) + inner[(letter + 1)..], // the other case
        ];
        return chance.OneIn(8)
            ? new("value replaced", value.Path, value.Start, Encoding.UTF8.GetByteCount(value.Raw), Encoding.UTF8.GetBytes(chance.Of(["null", "0", "[]", "{}"])))
            : new("text replaced", value.Path, value.Start, Encoding.UTF8.GetByteCount(value.Raw), Encoding.UTF8.GetBytes("\"" + chance.Of(texts) + "\""));
    }

    /// <summary>
    /// Whether both are the same JSON value, so that nothing was changed but the form: blanks between tokens, an escape that need
    /// not be, another writing of the same number. Written apart from the program's own reading.
    /// </summary>
    public static bool AreSameValue(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (!Utf8.IsValid(other))
            return false;
        try
        {
            return AreSame(JsonElement.Parse(one), JsonElement.Parse(other));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // no JSON any more, or half a surrogate pair
        }
    }

    private static bool AreSame(JsonElement one, JsonElement other) => one.ValueKind == other.ValueKind && one.ValueKind switch
    {
        JsonValueKind.Object => one.EnumerateObject().Count() == other.EnumerateObject().Count()
            && one.EnumerateObject().All(field => other.TryGetProperty(field.Name, out var found) && AreSame(field.Value, found)),
        JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second)),
        JsonValueKind.String => string.Equals(one.GetString(), other.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => one.GetDouble().Equals(other.GetDouble()) || (one.GetDouble() == 0 && other.GetDouble() == 0),
        _ => true,
    };
}

/// <summary>A value within a transcript that holds no others, and where its bytes stand.</summary>
internal sealed record TranscriptValue(string Path, JsonTokenType Kind, int Start, string Raw)
{
    public static List<TranscriptValue> All(ReadOnlySpan<byte> transcript)
    {
        var values = new List<TranscriptValue>();
        var reader = new Utf8JsonReader(transcript);
        var open = new Stack<(string Path, int Next)>();
        var field = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                field = open.Peek().Path is { Length: > 0 } path ? $"{path}.{reader.GetString()}" : reader.GetString() ?? "";
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            var here = field;
            if (open.TryPeek(out var within) && within.Next >= 0)
            {
                here = string.Create(CultureInfo.InvariantCulture, $"{within.Path}[{within.Next}]");
                open.Pop();
                open.Push((within.Path, within.Next + 1));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                open.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            else
                values.Add(new(here, reader.TokenType, (int)reader.TokenStartIndex, Encoding.UTF8.GetString(transcript[(int)reader.TokenStartIndex..(int)reader.BytesConsumed])));
        }

        return values;
    }
}
