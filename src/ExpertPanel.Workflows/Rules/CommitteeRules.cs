using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Rules;

/// <summary>One setting of a committee with the source that justifies it. Terms, quorums and day limits are never constants.</summary>
/// <param name="Unit"><c>workingDay</c>, <c>calendarDay</c>, <c>hour</c>, <c>person</c>, <c>count</c>, <c>text</c>, <c>switch</c> or <c>share</c> (<see cref="Share"/>).</param>
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

    private const string LineShareKey = "panel.lineDepartmentShare";

    private const string LoadFrom = "draw.loadFrom";

    private const string LoadByYear = "year";

    private const string BeaconKindsKey = "draw.beacons";

    private const string DrandChainKey = "draw.drandChain";

    private const string MajorDecision = "deadline.review.majorDecision";

    private const string UnsignedSenderKey = "mail.unsignedSender";

    private static readonly string[] Units = ["workingDay", "calendarDay", "hour", "person", "count", "text", "switch", "share"];

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

    /// <summary>From when invitations count as an expert's load: from the first of January in Beijing, or over the last so many calendar days.</summary>
    public DateTimeOffset LoadSince(DateTimeOffset now) => Has(LoadFrom) && Text(LoadFrom) == LoadByYear
        ? ChinaTime.At(new(ChinaTime.LocalDate(now).Year, 1, 1), 0)
        : now.AddDays(-LoadWindowDays);

    /// <summary>The kinds of beacon that a draw may wait for; the first is taken where nobody chooses. Rules older than the setting have two persons' shares.</summary>
    public IReadOnlyList<BeaconKind> Beacons => Has(BeaconKindsKey) && ReadBeacons(Text(BeaconKindsKey)) is { } kinds ? kinds : [BeaconKind.TwoPerson];

    /// <summary>The chain of drand whose rounds a draw may wait for; none where the committee names none.</summary>
    public DrandChain? DrandChain => Has(DrandChainKey) ? DrandChainReader.Read(Text(DrandChainKey)).Chain : null;

    /// <summary>How far ahead the named round lies; more than the server's clock can be behind.</summary>
    public TimeSpan DrandMargin => TimeSpan.FromSeconds(Has("draw.drandMarginSeconds") ? Whole("draw.drandMarginSeconds") : 120);

    /// <summary>委员席位数; the seventeen of 2014 where the committee's version of the rules is older than the setting.</summary>
    public int CommitteeSeats => Has("committee.seats") ? Whole("committee.seats") : 17;

    /// <summary>行业主管部门人员最多占几分之几; a third where the committee's version of the rules is older than the setting.</summary>
    public Share LineShare => Has(LineShareKey) && Share.Read(Text(LineShareKey)) is { } share ? share : new(1, 3);

    /// <summary>
    /// What becomes of a mail with the right token and a registered sender whose domain did not sign it; null where the committee's version of
    /// the rules is older than the setting.
    /// </summary>
    public UnsignedSender? UnsignedSender => Has(UnsignedSenderKey) ? ReadUnsigned(Text(UnsignedSenderKey)) : null;

    /// <summary>The committee itself decided <see cref="UnsignedSender"/>; it is not the shipped default.</summary>
    public bool DecidedUnsignedSender => Has(UnsignedSenderKey) && !Setting(UnsignedSenderKey).IsDefault;

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
        if (s.Unit == "share" && Share.Read(s.Value) is null) return "应为 0 到 1 的分数，例如 1/3 / expected a share such as 1/3";
        if (s.Key == MajorDecision && (number < 7 || s.Unit != "workingDay"))
            return "重大决策合法性审查不少于7个工作日（国务院令第713号第26条） / at least 7 working days";
        if ((s.Key == "panel.minimumOpinions" || s.Key.StartsWith("panel.size", StringComparison.Ordinal)) && number < 1) return "至少为 1 / at least 1";
        if (s.Key == LoadFrom && s.Value is not (LoadByYear or "window")) return "应为 year（自然年）或 window（最近若干天） / expected year or window";
        if (s.Key == "draw.ticketsByRecentReviews" && !s.Value.Split(',').All(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0))
            return "应为逗号分隔的正整数 / expected positive whole numbers separated by commas";
        if (s.Key == BeaconKindsKey && ReadBeacons(s.Value) is null) return "应为逗号分隔的 twoPerson、lottery、drand，第一个为缺省 / expected some of twoPerson, lottery, drand, the default first";
        if (s.Key == UnsignedSenderKey && ReadUnsigned(s.Value) is null) return "应为 confirm（发确认链接）或 hold（待定） / expected confirm or hold";
        if (MailNotice.IsTemplate(s.Key) && s.Value.Length > MailNotice.Longest) return "最长 1000 字 / at most 1000 characters";
        if (s.Key == DrandChainKey && DrandChainReader.Read(s.Value) is { Chain: null, Faults: var faults }) return $"不是 drand 的链信息 / expected what a relay answers at /info: {string.Join("; ", faults.Take(2))}";
        return null;
    }

    private static UnsignedSender? ReadUnsigned(string value) => value switch
    {
        "confirm" => Rules.UnsignedSender.Confirm,
        "hold" => Rules.UnsignedSender.Hold,
        _ => null,
    };

    private static IReadOnlyList<BeaconKind>? ReadBeacons(string value)
    {
        var names = value.Split(',', StringSplitOptions.TrimEntries);
        var kinds = names.SelectMany(n => Enum.GetValues<BeaconKind>().Where(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()) == n)).Distinct().ToList();
        return kinds.Count == names.Length ? kinds : null;
    }

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
