using System.Globalization;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// What became of a check: verified, or the first field that differs in the file's order, or why the draw could not be made
/// again at all.
/// </summary>
public sealed record DrawVerificationResult(string? Differs, IReadOnlyList<DrawProblem> Problems)
{
    public bool IsReadable => Problems.Count == 0;

    public bool IsVerified => IsReadable && Differs is null;
}

/// <summary>Draws again from a transcript's own input and compares field by field. Nothing the transcript claims is believed.</summary>
public static class DrawVerification
{
    public static DrawVerificationResult Verify(string json)
    {
        var problems = new List<DrawProblem>();
        if (DrawInputReader.TryParse(json, problems) is not { } given)
            return new DrawVerificationResult(null, problems);
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("input", out var input))
            return new DrawVerificationResult(null, [new DrawProblem("input", "is missing; expected the draw's input, whole and unchanged")]);

        JsonSoundness.Check(given, "", problems);
        if (problems.Count > 0)
            return new DrawVerificationResult(null, problems);
        var reading = DrawInputReader.Read(input, "input");
        return reading.IsSound
            ? new DrawVerificationResult(Difference(Derive(reading.Input), given), [])
            : new DrawVerificationResult(null, reading.Problems);
    }

    private static JsonElement Derive(DrawInput input) => JsonElement.Parse(DrawEngine.Run(input).ToUtf8());

    private static string? Difference(JsonElement derived, JsonElement given)
    {
        foreach (var field in derived.EnumerateObject())
        {
            if (!given.TryGetProperty(field.Name, out var found))
                return field.Name;
            // The input is what everything was derived from; it cannot differ from itself.
            if (!field.NameEquals("input") && Difference(field.Value, found, field.Name) is { } difference)
                return difference;
        }

        // A panel that was drawn blocks nothing. Fields that are none of ours are ignored, as on every input.
        return given.TryGetProperty("blocking", out _) && !derived.TryGetProperty("blocking", out _) ? "blocking" : null;
    }

    private static string? Difference(JsonElement derived, JsonElement given, string path)
    {
        if (derived.ValueKind != given.ValueKind)
            return path;
        return derived.ValueKind switch
        {
            JsonValueKind.Object => ObjectDifference(derived, given, path),
            JsonValueKind.Array => ListDifference(derived, given, path),
            _ => JsonElement.DeepEquals(derived, given) ? null : path,
        };
    }

    private static string? ObjectDifference(JsonElement derived, JsonElement given, string path)
    {
        foreach (var field in derived.EnumerateObject())
        {
            var below = $"{path}.{field.Name}";
            if (!given.TryGetProperty(field.Name, out var found))
                return below;
            if (Difference(field.Value, found, below) is { } difference)
                return difference;
        }

        return null;
    }

    private static string? ListDifference(JsonElement derived, JsonElement given, string path)
    {
        var index = 0;
        foreach (var (one, other) in derived.EnumerateArray().Zip(given.EnumerateArray()))
        {
            if (Difference(one, other, Item(index)) is { } difference)
                return difference;
            index++;
        }

        return derived.GetArrayLength() == given.GetArrayLength() ? null : Item(index); // one too many, or one missing

        string Item(int at) => string.Create(CultureInfo.InvariantCulture, $"{path}[{at}]");
    }
}
