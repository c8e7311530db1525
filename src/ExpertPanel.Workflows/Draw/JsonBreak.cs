using System.Globalization;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Where a text stops being JSON: the path of the last field, entry or container that was still read.</summary>
internal static class JsonBreak
{
    /// <returns><c>$</c> when nothing was read, or everything but what follows the value.</returns>
    public static string Path(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var open = new Stack<Container>();
        var last = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        var holder = open.Peek();
                        last = holder.Field = JsonText.TryUnescape(reader.ValueSpan, out var name) ? JsonSoundness.Below(holder.Path, name) : holder.Path;
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        last = open.Pop().Path;
                        break;
                    default:
                        last = open.TryPeek(out var within) ? within.Next() : "";
                        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                            open.Push(new Container(last, reader.TokenType == JsonTokenType.StartArray));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // This is where it breaks: the reader has no other way to say so.
        }

        return last.Length == 0 ? "$" : last;
    }

    private sealed class Container(string path, bool isList)
    {
        private int _entries;

        public string Path => path;

        public string Field { get; set; } = "";

        public string Next() => isList ? string.Create(CultureInfo.InvariantCulture, $"{path}[{_entries++}]") : Field;
    }
}
