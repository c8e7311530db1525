using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Writes <see cref="CanonicalJson"/>. The experts of a bank all name their fields alike, so the order of the fields is found once and
/// kept: sorting them for each of 100,000 would take longer than hashing the text.
/// </summary>
internal sealed class CanonicalWriter(IBufferWriter<byte> output)
{
    /// <summary>The last shape seen of each number of fields.</summary>
    private readonly Shape?[] _shapes = new Shape?[64];

    public void Write(JsonElement value, IReadOnlySet<string>? leaveOut)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, leaveOut);
                break;
            case JsonValueKind.Array:
                WriteArray(value);
                break;
            case JsonValueKind.String:
                WriteString(JsonMarshal.GetRawUtf8Value(value)[1..^1], output);
                break;
            case JsonValueKind.Number:
                WriteNumber(value);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value)); // true, false, null
                break;
        }
    }

    private void WriteObject(JsonElement value, IReadOnlySet<string>? leaveOut)
    {
        var count = value.GetPropertyCount();
        var rented = ArrayPool<JsonProperty>.Shared.Rent(count);
        var fields = rented.AsSpan(0, count);
        var filled = 0;
        foreach (var field in value.EnumerateObject())
            fields[filled++] = field;

        var shape = ShapeOf(fields);
        output.Write("{"u8);
        var first = true;
        for (var i = 0; i < count; i++)
        {
            var field = fields[shape.Order[i]];
            if (leaveOut?.Contains(field.Name) is true)
                continue;
            output.Write(first ? shape.Written[i].AsSpan(1) : shape.Written[i]);
            first = false;
            Write(field.Value, leaveOut: null);
        }

        output.Write("}"u8);
        ArrayPool<JsonProperty>.Shared.Return(rented, clearArray: true);
    }

    private void WriteArray(JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(item, leaveOut: null);
        }

        output.Write("]"u8);
    }

    private Shape ShapeOf(ReadOnlySpan<JsonProperty> fields)
    {
        if (fields.Length >= _shapes.Length)
            return Shape.Of(fields);
        if (_shapes[fields.Length] is not { } known || !known.Names(fields))
            _shapes[fields.Length] = known = Shape.Of(fields);
        return known;
    }

    private void WriteNumber(JsonElement value)
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

    /// <summary>The fields' names as they were given, and where each stands in the canonical order.</summary>
    /// <param name="Order">The place among the given fields of the first, the second, … to be written.</param>
    /// <param name="Written">What stands before each one's value: <c>,"name":</c>.</param>
    private sealed record Shape(byte[][] Given, int[] Order, byte[][] Written)
    {
        public bool Names(ReadOnlySpan<JsonProperty> fields)
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (!JsonMarshal.GetRawUtf8PropertyName(fields[i]).SequenceEqual(Given[i]))
                    return false;
            }

            return true;
        }

        public static Shape Of(ReadOnlySpan<JsonProperty> fields)
        {
            var given = new byte[fields.Length][];
            for (var i = 0; i < given.Length; i++)
                given[i] = JsonMarshal.GetRawUtf8PropertyName(fields[i]).ToArray();
            var order = Enumerable.Range(0, given.Length).ToArray();
            Comparison<byte[]> compare = Array.TrueForAll(given, IsPlainName) ? ComparePlainNames : CompareNames;
            Array.Sort(order, (left, right) => compare(given[left], given[right]));
            for (var i = 1; i < order.Length; i++)
            {
                if (compare(given[order[i - 1]], given[order[i]]) == 0)
                    throw new FormatException($"The name \"{Unescape(given[order[i]])}\" is given twice.");
            }

            return new(given, order, [.. order.Select(place => Write(given[place]))]);
        }

        private static byte[] Write(byte[] name)
        {
            var written = new ArrayBufferWriter<byte>();
            written.Write(","u8);
            WriteString(name, written);
            written.Write(":"u8);
            return written.WrittenSpan.ToArray();
        }

        private static bool IsPlainName(byte[] name) => Ascii.IsValid(name) && !name.Contains((byte)'\\');

        private static int ComparePlainNames(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

        /// <summary>UTF-8 and UTF-16 sort alike only within ASCII: surrogates stand before U+E000 to U+FFFF.</summary>
        private static int CompareNames(byte[] left, byte[] right) => string.CompareOrdinal(Unescape(left), Unescape(right));
    }
}
