using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Rules;

/// <summary>One setting of a committee with the source that justifies it. Terms, quorums and day limits are never constants.</summary>
/// <param name="Unit"><c>workingDay</c>, <c>calendarDay</c>, <c>hour</c>, <c>person</c>, <c>count</c>, <c>text</c> or <c>switch</c>.</param>
/// <param name="Source">The article or document; for a default that nothing prescribes, that it is one.</param>
/// <param name="IsDefault">Shipped with the program and not yet confirmed by the committee.</param>
public sealed record RuleSetting(string Key, string Zh, string En, string Value, string Unit, string Source, bool IsDefault)
{
    [JsonIgnore]
    public bool IsDays => Unit is "workingDay" or "calendarDay";
}

/// <summary>A committee's rules, versioned: a matter in flight keeps the version it began with.</summary>
public sealed record CommitteeRules(int Version, IReadOnlyList<RuleSetting> Settings)
{
    public const string Schema = "expertpanel.rules/1";

    /// <summary>What the program asks of every committee's rules; a setting left out would stop a matter in the middle of its way.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        "office.code", "office.name", "office.contact", "issuer.code", "deadline.supplement", "deadline.review", MajorDecision, "deadline.extension",
        "deadline.consultation", "deadline.answer", "deadline.answer.urgent", "deadline.opinion", "deadline.opinion.urgent", "deadline.opinion.extended",
        "deadline.feedback", "panel.size", "panel.minimumOpinions", "round.graceHours", "meeting.minimum", "meeting.odd", "draw.maxPerEmployer",
        "draw.maxOpenReviews", "draw.ticketsByRecentReviews", "draw.loadWindowDays",
    ];

    private const string LineShareKey = "draw.lineShare";

    private const string MajorDecision = "deadline.review.majorDecision";

    private static readonly string[] Units = ["workingDay", "calendarDay", "hour", "person", "count", "text", "switch"];

    private (IReadOnlyList<RuleSetting> Of, Dictionary<string, RuleSetting> Keys)? known;

    /// <summary>A copy made by <c>with</c> takes this along, so it says whose settings it was made from.</summary>
    private Dictionary<string, RuleSetting> ByKey
    {
        get
        {
            if (known is not { } made || !ReferenceEquals(made.Of, Settings)) known = made = (Settings, Settings.ToDictionary(s => s.Key));
            return made.Keys;
        }
    }

    public int PanelSize => Whole("panel.size");

    public int MinimumOpinions => Whole("panel.minimumOpinions");

    public int MeetingMinimum => Whole("meeting.minimum");

    public bool MeetingOdd => On("meeting.odd");

    public int RoundGraceHours => Whole("round.graceHours");

    public int MaxPerEmployer => Whole("draw.maxPerEmployer");

    public int MaxOpenReviews => Whole("draw.maxOpenReviews");

    public IReadOnlyList<int> Tickets => [.. Text("draw.ticketsByRecentReviews").Split(',').Select(t => int.Parse(t, CultureInfo.InvariantCulture))];

    public int LoadWindowDays => Whole("draw.loadWindowDays");

    /// <summary>行业主管部门人员最多占几分之几; a third where the committee's version of the rules is older than the setting.</summary>
    public (int Part, int Whole) LineShare =>
        Has(LineShareKey) && Text(LineShareKey).Split('/') is [var part, var whole] ? (int.Parse(part, CultureInfo.InvariantCulture), int.Parse(whole, CultureInfo.InvariantCulture)) : (1, 3);

    public string IssuerCode => Text("issuer.code");

    public string OfficeName => Text("office.name");

    public string OfficeContact => Text("office.contact");

    /// <exception cref="KeyNotFoundException">The rules lack the setting.</exception>
    public RuleSetting Setting(string key) =>
        ByKey.TryGetValue(key, out var setting) ? setting : throw new KeyNotFoundException($"Rules v{Version} have no setting '{key}'.");

    public bool Has(string key) => ByKey.ContainsKey(key);

    public int Whole(string key) => int.Parse(Setting(key).Value, CultureInfo.InvariantCulture);

    public string Text(string key) => Setting(key).Value;

    public bool On(string key) => Setting(key).Value == "true";

    /// <summary>The deadline rule <c>deadline.{id}</c>, with its source.</summary>
    public DeadlineRule Deadline(string id, string trigger)
    {
        var setting = Setting("deadline." + id);
        return new(id, Version, Whole(setting.Key), setting.Unit == "calendarDay" ? DayUnit.CalendarDay : DayUnit.WorkingDay, setting.Source, trigger);
    }

    /// <summary>The limit of the review by the matter's type; 713号令 art. 26 asks for at least seven working days for a major decision.</summary>
    public DeadlineRule ReviewDeadline(MatterType type, string trigger)
    {
        var own = "review." + JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
        return Deadline(Has("deadline." + own) ? own : "review", trigger);
    }

    /// <summary>Reads a rules document; every fault as <c>path: what is wrong and what is expected</c>.</summary>
    public static (CommitteeRules? Rules, IReadOnlyList<string> Problems) Read(string json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<RulesFile>(json, MatterCommands.Json);
            var problems = file is null ? ["(document): expected an object"] : Problems(file).ToList();
            return problems.Count == 0 && file is not null ? (new(file.Version, [.. (file.Settings ?? []).OfType<RuleSetting>()]), problems) : (null, problems);
        }
        catch (JsonException broken)
        {
            return (null, [$"{broken.Path ?? "(document)"}: not readable; expected a document of schema {Schema}"]);
        }
    }

    /// <summary>What is wrong with one setting's value, or null.</summary>
    public static string? ProblemOf(RuleSetting s)
    {
        if (string.IsNullOrWhiteSpace(s.Source)) return "来源依据不能为空 / a setting needs its source";
        if (!Units.Contains(s.Unit)) return $"单位应为 {string.Join("、", Units)} 之一 / expected one of these units";
        var whole = int.TryParse(s.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (s.Unit is "workingDay" or "calendarDay" or "hour" or "person" or "count" && (!whole || number > 3650))
            return "应为 0 到 3650 的整数 / expected a whole number from 0 to 3650";
        if (string.IsNullOrWhiteSpace(s.Value)) return "不能为空 / expected a value";
        if (s.Unit == "switch" && s.Value is not ("true" or "false")) return "应为 true 或 false / expected true or false";
        if (s.Key == MajorDecision && (number < 7 || s.Unit != "workingDay"))
            return "重大决策合法性审查不少于7个工作日（国务院令第713号第26条） / at least 7 working days";
        if (s.Key is "panel.minimumOpinions" or "panel.size" && number < 1) return "至少为 1 / at least 1";
        if (s.Key == "draw.ticketsByRecentReviews" && !s.Value.Split(',').All(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0))
            return "应为逗号分隔的正整数 / expected positive whole numbers separated by commas";
        if (s.Key == LineShareKey && !IsShare(s.Value)) return "应为分数，如 1/3，不大于 1 / expected a fraction such as 1/3, at most 1";
        return null;
    }

    private static bool IsShare(string value) =>
        value.Split('/') is [var part, var whole] && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
        && int.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var w) && w is > 0 and <= 100 && p <= w;

    private static IEnumerable<string> Problems(RulesFile file)
    {
        if (file.Schema != Schema) yield return $"schema: expected {Schema}";
        if (file.Settings is not { } settings)
        {
            yield return "settings: missing; expected a list";
            yield break;
        }

        foreach (var (index, setting) in settings.Index().Where(s => string.IsNullOrWhiteSpace(s.Item?.Key))) yield return $"settings[{index}].key: missing; expected a text";
        var named = settings.OfType<RuleSetting>().Where(s => !string.IsNullOrWhiteSpace(s.Key)).ToList();
        foreach (var setting in named)
            if (ProblemOf(setting) is { } problem) yield return $"settings.{setting.Key}: {problem}";
        foreach (var twice in named.GroupBy(s => s.Key).Where(g => g.Count() > 1)) yield return $"settings.{twice.Key}: stands twice";
        foreach (var missing in Required.Except(named.Select(s => s.Key))) yield return $"settings.{missing}: missing";
    }

    private sealed record RulesFile(string? Schema, int Version, IReadOnlyList<RuleSetting?>? Settings);
}
