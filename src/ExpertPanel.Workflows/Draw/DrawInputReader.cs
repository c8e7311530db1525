using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Reads a draw's input and finds everything that is wrong with it at once.</summary>
public static class DrawInputReader
{
    /// <summary>Seats are counted in the bits of a 64-bit word.</summary>
    public const int MostSeats = 64;

    /// <summary>Every ticket costs a hash: a slip of a few zeros must not stop the office's server.</summary>
    public const int MostTickets = 10_000;

    private const string Name = "a name";
    private const string Names = "a list of names";

    /// <summary>Reads an input that is ready to be drawn from.</summary>
    public static DrawInputReading Read(string json) => Read(json, beaconKnown: true);

    /// <summary>Reads an input to be committed to, before the beacon is known.</summary>
    public static DrawInputReading ReadBeforeBeacon(string json) => Read(json, beaconKnown: false);

    /// <param name="json">UTF-8 that a serializer has written.</param>
    internal static DrawInputReading ReadBeforeBeacon(ReadOnlySpan<byte> json)
    {
        var problems = new List<DrawProblem>();
        return AsNamed(Read(JsonElement.Parse(json), "", beaconKnown: false, problems));
    }

    internal static DrawInputReading Read(JsonElement raw, string path)
    {
        var problems = new List<DrawProblem>();
        return Read(raw, path, beaconKnown: true, problems);
    }

    private static DrawInputReading Read(string json, bool beaconKnown)
    {
        var problems = new List<DrawProblem>();
        return TryParse(json, problems) is { } raw ? AsNamed(Read(raw, "", beaconKnown, problems)) : new DrawInputReading(null, problems);
    }

    /// <summary>Nothing is drawn by another beacon than was named. A transcript that has it all the same is for its verification to refuse.</summary>
    private static DrawInputReading AsNamed(DrawInputReading reading) =>
        reading.Input is { BeaconNamed: { } named, Beacon: { } beacon } && named.Difference(beacon) is { } field
            ? new(null, [new DrawProblem($"beacon.{field}", $"is not as named; expected {DrawProblem.Quote(named.Named(field))} as in beaconNamed")])
            : reading;

    internal static JsonElement? TryParse(string json, List<DrawProblem> problems)
    {
        try
        {
            return JsonElement.Parse(StrictUtf8.GetBytes(json));
        }
        catch (JsonException exception)
        {
            problems.Add(new DrawProblem("$", string.Create(
                CultureInfo.InvariantCulture, $"is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); expected a JSON object")));
        }
        catch (EncoderFallbackException)
        {
            problems.Add(new DrawProblem("$", "holds half a surrogate pair; expected Unicode text"));
        }

        return null;
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static DrawInputReading Read(JsonElement raw, string path, bool beaconKnown, List<DrawProblem> problems)
    {
        if (raw.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new DrawProblem(path.Length == 0 ? "$" : path, "is not a JSON object; expected the draw's input"));
            return new DrawInputReading(null, problems);
        }

        JsonSoundness.Check(raw, path, problems);
        var fields = new DrawInputFields(raw, path, problems);
        if (fields.Text("schema", DrawInput.Schema) is { Length: > 0 } schema && schema != DrawInput.Schema)
            fields.Report("schema", $"is {DrawProblem.Quote(schema)}", DrawInput.Schema);

        // An input that names its beacon is hashed to the last letter: nothing in it may have two writings.
        var strict = fields.Has("beaconNamed");
        var input = new DrawInput(
            raw,
            ReadMatter(fields),
            ReadSeats(fields),
            ReadRules(fields),
            fields.Moment("now"),
            ReadPool(fields),
            BeaconNamed: strict ? ReadBeaconName(fields) : null,
            Secret: fields.Hex("secret", digits: 64, strict),
            Beacon: beaconKnown || fields.Has("beacon") ? ReadBeacon(fields, strict) : null);
        return problems.Count == 0 ? new DrawInputReading(input, problems) : new DrawInputReading(null, problems);
    }

    private static DrawMatter ReadMatter(DrawInputFields input) => input.Object("matter", "the matter") is { } matter
        ? new DrawMatter(
            matter.Text("id", "the matter's number"),
            matter.Text("title", "the matter's title"),
            matter.Text("sponsor", Name),
            matter.Texts("parties", Names),
            matter.Texts("counsel", Names),
            matter.Texts("people", Names))
        : new DrawMatter("", "", "", [], [], []);

    private static List<Seat> ReadSeats(DrawInputFields input)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"a list of 1 to {MostSeats} seats");
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var seats = new List<Seat>();
        foreach (var seat in input.Objects("seats", expected))
            seats.Add(new Seat(UniqueId(seat, known), seat.Texts("specialties", "a list of specialties"), seat.FlagOrFalse("committeeMember")));

        if (input.Count("seats") is 0 or > MostSeats)
            input.Report("seats", string.Create(CultureInfo.InvariantCulture, $"has {input.Count("seats")} entries"), expected);
        return seats;
    }

    private static DrawRules ReadRules(DrawInputFields input) => input.Object("rules", "the draw's rules") is { } rules
        ? new DrawRules(
            rules.Whole("maxPerEmployer", least: 1),
            rules.Whole("maxOpenReviews", least: 0),
            rules.Wholes("ticketsByRecentReviews", least: 1, most: MostTickets))
        : new DrawRules(1, 0, []);

    private static List<Candidate> ReadPool(DrawInputFields input)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var pool = new List<Candidate>();
        foreach (var expert in input.Objects("pool", "a list of experts"))
            pool.Add(ReadCandidate(expert, known));
        return pool;
    }

    private static Candidate ReadCandidate(DrawInputFields expert, Dictionary<string, string> known) => new(
        UniqueId(expert, known),
        expert.Text("name", Name),
        expert.Text("employer", Name),
        expert.Texts("formerEmployers", Names),
        expert.Texts("specialties", "a list of specialties"),
        expert.Flag("committeeMember"),
        expert.Date("termFrom"),
        expert.Date("termTo"),
        expert.Flag("onLeave"),
        expert.Whole("openReviews", least: 0),
        expert.Whole("recentReviews", least: 0),
        expert.Texts("conflicts", Names),
        expert.Texts("relatives", Names));

    private static BeaconName? ReadBeaconName(DrawInputFields input)
    {
        if (input.Object("beaconNamed", "the beacon's name") is not { } fields)
            return null;
        var expected = string.Join(", ", BeaconName.Kinds);
        var named = new BeaconName(fields.Text("kind", expected), fields.Text("source", "where the beacon is published"), fields.Text("round", "the beacon's round"));
        if (named.Kind.Length > 0 && !BeaconName.Kinds.Contains(named.Kind))
            fields.Report("kind", $"is {DrawProblem.Quote(named.Kind)}", expected);
        return named;
    }

    private static Beacon? ReadBeacon(DrawInputFields input, bool strict)
    {
        if (input.Object("beacon", "the beacon") is not { } fields)
            return null;
        var beacon = new Beacon(
            fields.Text("source", "where the beacon is published"), fields.Text("round", "the beacon's round"), fields.Hex("value", digits: null, strict));
        if (strict)
            fields.Only("source", "round", "value");
        return beacon;
    }

    private static string UniqueId(DrawInputFields entry, Dictionary<string, string> known)
    {
        const string expected = "an id of its own";
        var id = entry.Text("id", expected);
        if (id.Length > 0 && !known.TryAdd(id, entry.Path))
            entry.Report("id", $"is {DrawProblem.Quote(id)} as is that of {known[id]}", expected);
        return id;
    }
}
