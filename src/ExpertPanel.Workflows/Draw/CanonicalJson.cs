using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// RFC 8785: one and the same text for the same JSON value. Keys stand in the order of their UTF-16 code units, numbers as
/// ECMAScript writes them, and only what must be escaped is. What has no canonical form (a name given twice, half a
/// surrogate pair, a number beyond double) is a <see cref="FormatException"/>.
/// </summary>
public static class CanonicalJson
{
    public static string Write(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(JsonElement value, IBufferWriter<byte> output) => WriteValue(value, output, leaveOut: null);

    /// <summary>Writes an object without some of its own (not its descendants') fields.</summary>
    public static void WriteWithout(JsonElement value, IReadOnlySet<string> leaveOut, IBufferWriter<byte> output) =>
        WriteValue(value, output, leaveOut);

    private static void WriteValue(JsonElement value, IBufferWriter<byte> output, IReadOnlySet<string>? leaveOut)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, leaveOut);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                WriteString(JsonMarshal.GetRawUtf8Value(value)[1..^1], output);
                break;
            case JsonValueKind.Number:
                WriteNumber(value, output);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value)); // true, false, null
                break;
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output, IReadOnlySet<string>? leaveOut)
    {
        var fields = value.EnumerateObject().ToArray();
        Comparison<JsonProperty> compare = Array.TrueForAll(fields, HasPlainName) ? ComparePlainNames : CompareNames;
        Array.Sort(fields, compare);
        output.Write("{"u8);
        var first = true;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            if (i > 0 && compare(fields[i - 1], field) == 0)
                throw new FormatException($"The name \"{field.Name}\" is given twice.");
            if (leaveOut?.Contains(field.Name) is true)
                continue;
            if (!first)
                output.Write(","u8);
            first = false;
            WriteString(JsonMarshal.GetRawUtf8PropertyName(field), output);
            output.Write(":"u8);
            WriteValue(field.Value, output, leaveOut: null);
        }

        output.Write("}"u8);
    }

    private static bool HasPlainName(JsonProperty field)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(field);
        return Ascii.IsValid(name) && !name.Contains((byte)'\\');
    }

    private static int ComparePlainNames(JsonProperty left, JsonProperty right) =>
        JsonMarshal.GetRawUtf8PropertyName(left).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(right));

    /// <summary>UTF-8 and UTF-16 sort alike only within ASCII: surrogates stand before U+E000 to U+FFFF.</summary>
    private static int CompareNames(JsonProperty left, JsonProperty right) => string.CompareOrdinal(
        Unescape(JsonMarshal.GetRawUtf8PropertyName(left)), Unescape(JsonMarshal.GetRawUtf8PropertyName(right)));

    private static void WriteArray(JsonElement value, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            WriteValue(item, output, leaveOut: null);
        }

        output.Write("]"u8);
    }

    private static void WriteNumber(JsonElement value, IBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        // Up to 15 digits a double holds every whole number, and both write it alike.
        if (raw.Length <= 15 && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            output.Write(raw);
        else
            output.Write(Encoding.ASCII.GetBytes(EcmaScriptNumber.Format(value.GetDouble())));
    }

    private static void WriteString(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        if (raw.Contains((byte)'\\'))
            output.Write(Escape(Unescape(raw)));
        else
            output.Write(raw); // JSON lets nothing stand unescaped that must be escaped
        output.Write("\""u8);
    }

    private static byte[] Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => escaped.Append(unit),
            };
        }

        return Encoding.UTF8.GetBytes(escaped.ToString());
    }

    private static string Unescape(ReadOnlySpan<byte> raw) =>
        JsonText.TryUnescape(raw, out var text) ? text : throw new FormatException("Half a surrogate pair is no text.");
}
