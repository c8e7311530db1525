using System.Text.Json;

namespace ExpertPanel.Tests.Seeds;

/// <summary>The seed files as they travel with the program.</summary>
internal static class SeedFolder
{
    internal static string Find(params string[] path) => Path.Combine([AppContext.BaseDirectory, "seeds", .. path]);

    internal static JsonElement Json(params string[] path) => JsonDocument.Parse(File.ReadAllText(Find(path))).RootElement;

    internal static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString() ?? "";
}
