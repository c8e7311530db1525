using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

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
    public static DrawVerificationResult Verify(string json) => Verify(Encoding.UTF8.GetBytes(json));

    /// <summary>Verifies a file's bytes. What is no JSON is a problem too, at the last field that was still read.</summary>
    public static DrawVerificationResult Verify(ReadOnlyMemory<byte> file)
    {
        var problems = new List<DrawProblem>();
        var utf8 = file.Span.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file;
        if (TryParse(utf8, problems) is not { } given)
            return new DrawVerificationResult(null, problems);
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("input", out var input))
            return new DrawVerificationResult(null, [new DrawProblem("input", "is missing; expected the draw's input, whole and unchanged")]);

        JsonSoundness.Check(given, "", problems);
        if (problems.Count > 0)
            return new DrawVerificationResult(null, problems);
        var reading = DrawInputReader.Read(input, "input");
        return reading.IsSound
            ? new DrawVerificationResult(Difference(Derive(reading.Input), given, reading.Input), [])
            : new DrawVerificationResult(null, reading.Problems);
    }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> utf8, List<DrawProblem> problems)
    {
        var chars = new char[utf8.Length];
        if (Utf8.ToUtf16(utf8.Span, chars, out var sound, out _, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            problems.Add(new DrawProblem(JsonBreak.Path(utf8.Span[..sound]), string.Create(CultureInfo.InvariantCulture, $"is followed by what is not UTF-8 (byte {sound + 1}); expected JSON in UTF-8")));
            return null;
        }

        try
        {
            return JsonElement.Parse(utf8.Span);
        }
        catch (JsonException exception)
        {
            problems.Add(new DrawProblem(JsonBreak.Path(utf8.Span), string.Create(
                CultureInfo.InvariantCulture, $"is followed by what is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); expected a JSON object")));
            return null;
        }
    }

    private static JsonElement Derive(DrawInput input) => JsonElement.Parse(DrawEngine.Run(input).ToUtf8());

    private static string? Difference(JsonElement derived, JsonElement given, DrawInput input)
    {
        foreach (var field in derived.EnumerateObject())
        {
            if (!given.TryGetProperty(field.Name, out var found))
                return field.Name;
            // The input is what everything was derived from; it cannot differ from itself, only from the beacon it named.
            var difference = field.NameEquals("input") ? BeaconDifference(input) : Difference(field.Value, found, field.Name);
            if (difference is not null)
                return difference;
        }

        // A panel that was drawn blocks nothing. Fields that are none of ours are ignored, as on every input.
        return given.TryGetProperty("blocking", out _) && !derived.TryGetProperty("blocking", out _) ? "blocking" : null;
    }

    private static string? BeaconDifference(DrawInput input) =>
        input is { BeaconNamed: { } named, Beacon: { } beacon } && named.Difference(beacon) is { } field ? $"input.beacon.{field}" : null;

    private static string? Difference(JsonElement derived, JsonElement given, string path)
    {
        if (derived.ValueKind != given.ValueKind)
            return path;
        return derived.ValueKind switch
        {
            JsonValueKind.Object => ObjectDifference(derived, given, path),
            JsonValueKind.Array => ListDifference(derived, given, path),
            JsonValueKind.Number => derived.GetDouble().Equals(given.GetDouble()) ? null : path, // as RFC 8785 takes numbers
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
