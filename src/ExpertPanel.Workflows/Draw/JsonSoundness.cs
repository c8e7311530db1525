using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Finds what is JSON by its grammar and yet means different things to different readers: a name given twice, half a
/// surrogate pair, a number beyond double. A hash over such a thing proves nothing (RFC 7493).
/// </summary>
internal static class JsonSoundness
{
    public static void Check(JsonElement value, string path, List<DrawProblem> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, path, seen: null, problems);
                break;
            case JsonValueKind.Array:
                var (index, seen) = (0, (List<byte[]>?)null);
                foreach (var item in value.EnumerateArray())
                {
                    if (!IsSurelySound(item))
                    {
                        var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
                        if (item.ValueKind == JsonValueKind.Object)
                            seen = CheckObject(item, place, seen, problems);
                        else
                            Check(item, place, problems);
                    }

                    index++;
                }

                break;
            case JsonValueKind.String when !IsPlain(value) && !JsonText.TryUnescape(JsonMarshal.GetRawUtf8Value(value)[1..^1], out _):
                problems.Add(new DrawProblem(path, "holds half a surrogate pair; expected Unicode text"));
                break;
            case JsonValueKind.Number when !value.TryGetDouble(out var number) || !double.IsFinite(number):
                problems.Add(new DrawProblem(path, "is a number beyond IEEE 754 double; expected one within"));
                break;
        }
    }

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && !JsonMarshal.GetRawUtf8Value(value).Contains((byte)'\\');

    /// <summary>What most of a large pool is: no path is spelled out for what cannot be wrong.</summary>
    private static bool IsSurelySound(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsPlain(value);
            case JsonValueKind.Number:
                return value.TryGetDouble(out var number) && double.IsFinite(number);
            case JsonValueKind.Object:
                return false;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (!IsSurelySound(item))
                        return false;
                }

                return true;
            default:
                return true; // true, false, null
        }
    }

    /// <param name="seen">The names of the object before in the same list, which have been found sound: experts all name their fields alike.</param>
    /// <returns>The names of this one, where they are sound.</returns>
    private static List<byte[]>? CheckObject(JsonElement value, string path, List<byte[]>? seen, List<DrawProblem> problems)
    {
        var sound = seen is not null && HasNames(value, seen) ? seen : SoundNames(value);
        var names = sound is null ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var field in value.EnumerateObject())
        {
            if (sound is not null && IsSurelySound(field.Value))
                continue;
            if (!JsonText.TryUnescape(JsonMarshal.GetRawUtf8PropertyName(field), out var name))
            {
                problems.Add(new DrawProblem(path, "has a field name with half a surrogate pair; expected Unicode text"));
                continue;
            }

            if (names?.Add(name) is false)
                problems.Add(new DrawProblem(Below(path, name), "is given twice; expected once"));
            if (!IsSurelySound(field.Value))
                Check(field.Value, Below(path, name), problems);
        }

        return sound;
    }

    private static bool HasNames(JsonElement value, List<byte[]> names)
    {
        var index = 0;
        foreach (var field in value.EnumerateObject())
        {
            if (index == names.Count || !JsonMarshal.GetRawUtf8PropertyName(field).SequenceEqual(names[index++]))
                return false;
        }

        return index == names.Count;
    }

    /// <returns>Null where one is given twice or is no text.</returns>
    private static List<byte[]>? SoundNames(JsonElement value)
    {
        var (names, given) = (new HashSet<string>(StringComparer.Ordinal), new List<byte[]>());
        foreach (var field in value.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(field);
            if (!JsonText.TryUnescape(raw, out var name) || !names.Add(name))
                return null;
            given.Add(raw.ToArray());
        }

        return given;
    }

    internal static string Below(string path, string name)
    {
        var step = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? name : DrawProblem.Quote(name);
        return path.Length == 0 ? step : $"{path}.{step}";
    }
}
