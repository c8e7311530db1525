using System.Text.Json;

namespace ExpertPanel.Workflows.Routes;

/// <summary>Reads a route document; names every fault at once, as <c>path: what is wrong and what is expected</c>.</summary>
public static class RouteReader
{
    public const string Schema = "expertpanel.route/1";

    /// <returns>A route, or null with at least one problem.</returns>
    public static (Route? Route, IReadOnlyList<string> Problems) Read(string json)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, [$"(document): expected an object of schema {Schema}"]);
            var route = new Reader(problems).Read(document.RootElement);
            if (problems.Count == 0) problems.AddRange(RouteValidator.Faults(route));
            return (problems.Count == 0 ? route : null, problems);
        }
        catch (JsonException broken)
        {
            return (null, [$"(line {broken.LineNumber + 1}): not JSON; expected a document of schema {Schema}"]);
        }
    }

    private sealed class Reader(List<string> problems)
    {
        public Route Read(JsonElement root)
        {
            if (Text(root, "schema", "") != Schema) problems.Add($"schema: expected {Schema}");
            var stages = Items(root, "stages", "").Select((s, i) => Stage(s, $"stages[{i}].")).ToList();
            var ends = stages.Where(s => s.Ends).Select(s => s.Id).ToHashSet();
            return new Route(
                Text(root, "id", ""), Number(root, "version"), Name(root, ""), Text(root, "first", ""), stages,
                [.. Items(root, "anytime", "").Select((o, i) => Overlay(o, $"anytime[{i}].", ends))],
                [.. Items(root, "follows", "").Select((f, i) => new RouteFollow(Text(f, "on", $"follows[{i}]."), Text(f, "run", $"follows[{i}].")))]);
        }

        private RouteStage Stage(JsonElement stage, string path)
        {
            var acts = stage.TryGetProperty("acts", out var who) ? ParseRole(who.ValueKind == JsonValueKind.String ? who.GetString() : who.GetRawText(), path + "acts") : null;
            return new(
                Text(stage, "id", path), Name(stage, path), acts, Optional(stage, "deadline"), Flag(stage, "ends"), !Flag(stage, "aside"),
                [.. Items(stage, "commands", path, required: false).Select((c, i) => Step(c, $"{path}commands[{i}]."))]);
        }

        private RouteStep Step(JsonElement step, string path) => new(Text(step, "run", path), Roles(step, path), Targets(step, path));

        private RouteOverlay Overlay(JsonElement step, string path, IReadOnlySet<string> ends) =>
            new(Text(step, "run", path), Roles(step, path), Strings(step, "in"), Targets(step, path), Flag(step, "whileSuspended")) { Ends = ends };

        private IReadOnlyList<Role> Roles(JsonElement step, string path)
        {
            var names = Strings(step, "by");
            if (names.Count == 0) problems.Add($"{path}by: a command needs at least one role");
            return [.. names.Select((n, i) => ParseRole(n, $"{path}by[{i}]")).OfType<Role>()];
        }

        private Role? ParseRole(string? name, string path)
        {
            // By name alone: the enum's own reader would take "5" as well.
            if (Enum.GetNames<Role>().Contains(name, StringComparer.OrdinalIgnoreCase) && Enum.TryParse<Role>(name, ignoreCase: true, out var role)) return role;
            problems.Add($"{path}: '{name}' is not a role; expected one of {string.Join(", ", Enum.GetNames<Role>())}");
            return null;
        }

        private Dictionary<string, string> Targets(JsonElement step, string path)
        {
            if (!step.TryGetProperty("to", out var to)) return [];
            if (to.ValueKind == JsonValueKind.String) return new() { [RouteStep.Done] = to.GetString() ?? "" };
            if (to.ValueKind == JsonValueKind.Object && to.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String))
                return to.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
            problems.Add($"{path}to: expected a stage, or an object of outcomes with a stage each");
            return [];
        }

        private Label Name(JsonElement element, string path)
        {
            if (element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.Object)
                return new(Text(name, "zh", path + "name."), Text(name, "en", path + "name."));
            problems.Add($"{path}name: expected an object with zh and en");
            return new("", "");
        }

        private string Text(JsonElement element, string key, string path)
        {
            if (element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
                return text;
            problems.Add($"{path}{key}: missing; expected a text");
            return "";
        }

        private int Number(JsonElement element, string key)
        {
            if (element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0)
                return number;
            problems.Add($"{key}: expected a whole number from 1");
            return 0;
        }

        private IReadOnlyList<JsonElement> Items(JsonElement element, string key, string path, bool required = true)
        {
            var stands = element.TryGetProperty(key, out var value);
            if (stands && value.ValueKind == JsonValueKind.Array)
            {
                problems.AddRange(value.EnumerateArray().Index().Where(i => i.Item.ValueKind != JsonValueKind.Object).Select(i => $"{path}{key}[{i.Index}]: expected an object"));
                return [.. value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object)];
            }

            if (required || stands) problems.Add($"{path}{key}: {(stands ? "" : "missing; ")}expected a list");
            return [];
        }

        private static string? Optional(JsonElement element, string key) =>
            element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static bool Flag(JsonElement element, string key) =>
            element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

        private static IReadOnlyList<string> Strings(JsonElement element, string key) =>
            element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString() ?? "")]
                : [];
    }
}
