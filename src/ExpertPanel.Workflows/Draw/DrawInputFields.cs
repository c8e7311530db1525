using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The fields of one JSON object of the input. What is missing or wrong becomes a problem with its path and an empty value,
/// so that all problems are found at once; an input with a problem is never used.
/// </summary>
internal sealed class DrawInputFields(JsonElement value, string path, List<DrawProblem> problems)
{
    private JsonElement.ObjectEnumerator _rest = value.EnumerateObject();
    private bool _hasNext;
    private bool _started;

    public string Text(string name, string expected)
    {
        if (Find(name, JsonValueKind.String, expected) is not { } found)
            return "";
        var text = TextOf(found);
        if (string.IsNullOrWhiteSpace(text))
            Report(name, "is blank", expected);
        return text;
    }

    public IReadOnlyList<string> Texts(string name, string expected)
    {
        if (Find(name, JsonValueKind.Array, expected) is not { } found)
            return [];
        var texts = new string[found.GetArrayLength()];
        var index = 0;
        foreach (var item in found.EnumerateArray())
        {
            var place = index;
            texts[index++] = item.ValueKind == JsonValueKind.String ? TextOf(item) : "";
            if (item.ValueKind != JsonValueKind.String)
                Report(Item(name, place), $"is {Describe(item)}", "a text");
            else if (string.IsNullOrWhiteSpace(texts[place]))
                Report(Item(name, place), "is blank", "a text");
        }

        return texts;
    }

    public bool Flag(string name) => Find(name, "true or false", JsonValueKind.True, JsonValueKind.False)?.ValueKind == JsonValueKind.True;

    public bool FlagOrFalse(string name) => Has(name) && Flag(name);

    public int Whole(string name, int least, int most = int.MaxValue) =>
        TryFind(name, JsonValueKind.Number, JsonValueKind.Number, out var found) ? WholeOf(found, name, least, most) : Missing(name, found, least, most);

    public IReadOnlyList<int> Wholes(string name, int least, int most)
    {
        var expected = "a list of at least one " + Range(least, most)["a ".Length..];
        if (Find(name, JsonValueKind.Array, expected) is not { } found)
            return [];
        if (found.GetArrayLength() == 0)
            Report(name, "is empty", expected);
        return [.. found.EnumerateArray().Select((item, index) => WholeOf(item, Item(name, index), least, most))];
    }

    public DateOnly Date(string name)
    {
        const string expected = "a date as 2014-12-31";
        if (Find(name, JsonValueKind.String, expected) is not { } found)
            return default;
        var text = TextOf(found);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            Report(name, $"is {DrawProblem.Quote(text)}", expected);
        return date;
    }

    public DateTimeOffset Moment(string name)
    {
        const string expected = "a time with its offset as 2014-09-26T09:00:00+08:00";
        if (Find(name, JsonValueKind.String, expected) is not { } found)
            return default;
        var text = TextOf(found);
        // Without an offset the moment would depend on the machine that reads it.
        var offsetAt = text.LastIndexOfAny(['Z', '+', '-']);
        // The framework also reads a point with no digits after it, which ISO 8601 does not know.
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 || (point + 1 < text.Length && char.IsAsciiDigit(text[point + 1]));
        if (fraction && offsetAt > text.IndexOf('T', StringComparison.Ordinal) && text.Contains('T', StringComparison.Ordinal) && found.TryGetDateTimeOffset(out var moment))
            return moment;
        Report(name, $"is {DrawProblem.Quote(text)}", expected);
        return default;
    }

    public string Hex(string name, int? digits, bool lowerCase = false)
    {
        var expected = digits is null ? "an even number of hex digits, at least two" : string.Create(CultureInfo.InvariantCulture, $"{digits} hex digits");
        if (Find(name, JsonValueKind.String, expected) is not { } found)
            return "";
        var text = TextOf(found);
        if (text.Length == 0 || text.Length % 2 != 0 || (digits is { } length && text.Length != length))
            Report(name, string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters"), expected);
        else if (!text.All(char.IsAsciiHexDigit))
            Report(name, "has other characters than hex digits", expected);
        else if (lowerCase && text.Any(char.IsAsciiLetterUpper))
            Report(name, "has upper-case digits", expected + " in lower case");
        return text;
    }

    public DrawInputFields? Object(string name, string expected) =>
        Find(name, JsonValueKind.Object, expected) is { } found ? new DrawInputFields(found, Below(name), problems) : null;

    public IEnumerable<DrawInputFields> Objects(string name, string expected)
    {
        if (Find(name, JsonValueKind.Array, expected) is not { } found)
            yield break;
        var index = 0;
        foreach (var item in found.EnumerateArray())
        {
            var place = Item(name, index++);
            if (item.ValueKind != JsonValueKind.Object)
                Report(place, $"is {Describe(item)}", "an object");
            else
                yield return new DrawInputFields(item, Below(place), problems);
        }
    }

    /// <summary>Reports every field but these.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        foreach (var field in value.EnumerateObject())
        {
            // A name that is no text has been reported already.
            if (JsonText.TryUnescape(JsonMarshal.GetRawUtf8PropertyName(field), out var name) && !names.Contains(name))
                problems.Add(new DrawProblem(JsonSoundness.Below(path, name), $"is unknown; expected {string.Join(", ", names)} alone"));
        }
    }

    public bool Has(string name) => value.TryGetProperty(name, out _);

    /// <summary>How many entries a list has, or nothing when it is no list.</summary>
    public int? Count(string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Array ? found.GetArrayLength() : null;

    public string Path => path;

    public void Report(string name, string wrong, string expected) => problems.Add(new DrawProblem(Below(name), $"{wrong}; expected {expected}"));

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Item(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    private JsonElement? Find(string name, JsonValueKind kind, string expected) => Find(name, expected, kind, kind);

    private JsonElement? Find(string name, string expected, JsonValueKind kind, JsonValueKind orKind)
    {
        if (TryFind(name, kind, orKind, out var found))
            return found;
        ReportMissing(name, found, expected);
        return null;
    }

    /// <param name="name">The field's name.</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="orKind">Or this.</param>
    /// <param name="found">What stands there; nothing where the field is missing.</param>
    private bool TryFind(string name, JsonValueKind kind, JsonValueKind orKind, out JsonElement found)
    {
        // Fields mostly stand in the order in which they are asked for; looking each up would compare every name with every other.
        if (!_started)
            (_started, _hasNext) = (true, _rest.MoveNext());
        if (_hasNext && _rest.Current.NameEquals(name))
        {
            found = _rest.Current.Value;
            _hasNext = _rest.MoveNext();
        }
        else if (!value.TryGetProperty(name, out found))
        {
            return false;
        }

        return found.ValueKind == kind || found.ValueKind == orKind;
    }

    private void ReportMissing(string name, JsonElement found, string expected) =>
        Report(name, found.ValueKind == JsonValueKind.Undefined ? "is missing" : $"is {Describe(found)}", expected);

    private int Missing(string name, JsonElement found, int least, int most)
    {
        ReportMissing(name, found, Range(least, most));
        return least;
    }

    private int WholeOf(JsonElement found, string name, int least, int most)
    {
        // 2.0 is the same JSON number as 2 (and hashes the same), so it is the same whole number.
        if (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number) && number >= least && number <= most && number == Math.Floor(number))
            return (int)number;
        Report(name, $"is {Describe(found)}", Range(least, most));
        return least;
    }

    private static string Range(int least, int most) => most == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    /// <summary>The text; half a surrogate pair in it has been reported already and reads as nothing.</summary>
    private static string TextOf(JsonElement found) =>
        JsonText.TryUnescape(JsonMarshal.GetRawUtf8Value(found)[1..^1], out var text) ? text : "";

    private static string Describe(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => DrawProblem.Quote(TextOf(found)),
        _ => found.GetRawText(),
    };
}
