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
                CheckObject(value, path, problems);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    // Plain texts and numbers are most of a large pool: no path is spelled out for what cannot be wrong.
                    if (!IsPlain(item))
                        Check(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), problems);
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

    private static void CheckObject(JsonElement value, string path, List<DrawProblem> problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            if (!JsonText.TryUnescape(JsonMarshal.GetRawUtf8PropertyName(field), out var name))
            {
                problems.Add(new DrawProblem(path, "has a field name with half a surrogate pair; expected Unicode text"));
                continue;
            }

            if (!names.Add(name))
                problems.Add(new DrawProblem(Below(path, name), "is given twice; expected once"));
            if (!IsPlain(field.Value) && field.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
                Check(field.Value, Below(path, name), problems);
        }
    }

    internal static string Below(string path, string name)
    {
        var step = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? name : DrawProblem.Quote(name);
        return path.Length == 0 ? step : $"{path}.{step}";
    }
}
