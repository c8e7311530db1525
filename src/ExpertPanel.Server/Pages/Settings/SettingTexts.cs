using System.Text.Json;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>A setting's value as people read it: with its unit, and codes by their names. The form shows it as it is stored.</summary>
public sealed class SettingTexts(Words words, SpecialtyList specialties)
{
    public string Value(RuleSetting setting) => setting switch
    {
        { Unit: "switch" } => words[setting.Value == "true" ? "Form.Yes" : "Form.No"],
        { Key: "draw.loadFrom" } => words.Find("Settings.LoadFrom." + setting.Value) ?? setting.Value,
        { Key: "draw.beacons" } => Named(setting.Value, code => Enum.GetValues<BeaconKind>().Where(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()) == code).Select(k => words.Of(k)).FirstOrDefault() ?? code),
        _ when setting.Key.StartsWith("panel.specialties.", StringComparison.Ordinal) => Named(setting.Value, specialties.Label),
        { Unit: "text" or "share" } => setting.Value,
        _ => $"{setting.Value} {words["Unit." + setting.Unit]}",
    };

    private string Named(string codes, Func<string, string> name) => string.Join(words["List.Separator"], codes.Split(',', StringSplitOptions.TrimEntries).Select(name));
}
