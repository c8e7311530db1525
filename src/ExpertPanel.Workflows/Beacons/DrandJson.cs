using System.Globalization;
using System.Text.Json;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>What somebody pasted or dropped into a folder: it may be anything, of any length.</summary>
internal static class DrandJson
{
    /// <summary>An object in which every name stands once and every text is text; otherwise nothing, and why.</summary>
    public static JsonElement? Parse(string json, int most, List<DrawProblem> problems)
    {
        if (json.Length > most)
        {
            problems.Add(new("$", string.Create(CultureInfo.InvariantCulture, $"has {json.Length} characters; expected at most {most}")));
            return null;
        }

        if (DrawInputReader.TryParse(json, problems) is not { } root) return null;
        if (root.ValueKind != JsonValueKind.Object) problems.Add(new("$", "is not a JSON object; expected one as drand answers"));
        JsonSoundness.Check(root, "", problems);
        return problems.Count == 0 ? root : null;
    }
}
