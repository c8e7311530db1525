using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>The text of a JSON string, or that it is none: JSON can escape half a surrogate pair.</summary>
internal static class JsonText
{
    public static bool TryUnescape(ReadOnlySpan<byte> raw, [NotNullWhen(true)] out string? text)
    {
        if (!raw.Contains((byte)'\\'))
        {
            text = Encoding.UTF8.GetString(raw);
            return true;
        }

        byte[] quoted = [(byte)'"', .. raw, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            text = reader.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            // This is how the reader says that the escapes are half a surrogate pair; it offers no question to ask first.
            text = null;
            return false;
        }
    }
}
