using System.Buffers;
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

    public static void Write(JsonElement value, IBufferWriter<byte> output) => new CanonicalWriter(output).Write(value, leaveOut: null);

    /// <summary>Writes an object without some of its own (not its descendants') fields.</summary>
    public static void WriteWithout(JsonElement value, IReadOnlySet<string> leaveOut, IBufferWriter<byte> output) =>
        new CanonicalWriter(output).Write(value, leaveOut);
}
