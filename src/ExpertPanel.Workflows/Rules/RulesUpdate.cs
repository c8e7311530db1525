namespace ExpertPanel.Workflows.Rules;

public enum SettingChange
{
    /// <summary>The committee's rules lack the setting.</summary>
    Added,

    /// <summary>The default has another value, unit or source now, and the committee never confirmed the old one.</summary>
    NewDefault,

    /// <summary>Only called something else.</summary>
    Renamed,
}

/// <param name="Own">What the committee has; none for a setting that its rules lack.</param>
public sealed record SettingDifference(SettingChange Change, RuleSetting Shipped, RuleSetting? Own);

/// <summary>
/// Compares a committee's rules with the defaults the program brings. What the committee decided itself stays: a default never takes the
/// place of a setting that was changed or confirmed, nor of one that the program does not know.
/// </summary>
public static class RulesUpdate
{
    public static IReadOnlyList<SettingDifference> Differences(CommitteeRules own, CommitteeRules shipped) =>
    [
        .. from setting in shipped.Settings
           let before = own.Has(setting.Key) ? own.Setting(setting.Key) : null
           let change = Change(before, setting)
           where change is not null
           select new SettingDifference(change.Value, setting, before),
    ];

    /// <summary>The committee's rules with the new defaults, in the program's order; what the program does not know comes last.</summary>
    public static IReadOnlyList<RuleSetting> Adopt(CommitteeRules own, CommitteeRules shipped) =>
    [
        .. shipped.Settings.Select(s => !own.Has(s.Key) || own.Setting(s.Key).IsDefault ? s : own.Setting(s.Key) with { Zh = s.Zh, En = s.En }),
        .. own.Settings.Where(s => !shipped.Has(s.Key)),
    ];

    private static SettingChange? Change(RuleSetting? own, RuleSetting shipped) => own switch
    {
        null => SettingChange.Added,
        { IsDefault: true } when (own.Value, own.Unit, own.Source) != (shipped.Value, shipped.Unit, shipped.Source) => SettingChange.NewDefault,
        _ => (own.Zh, own.En) == (shipped.Zh, shipped.En) ? null : SettingChange.Renamed,
    };
}
