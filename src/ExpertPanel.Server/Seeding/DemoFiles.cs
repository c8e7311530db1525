using System.Text.Json;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Seeding;

/// <summary>A made-up person of the demo office.</summary>
public sealed record DemoAccount(string Name, string DisplayName, IReadOnlyList<Role> Roles, string? Division = null, string? SponsoringUnit = null);

/// <summary>A made-up matter: what it is, when it began and how far it has come.</summary>
/// <param name="Started">Working days before today.</param>
/// <param name="GoTo">The stage it has reached.</param>
/// <param name="With">What happens on the way; see <see cref="DemoTurns"/>.</param>
/// <param name="Further">Acts in the last stage.</param>
public sealed record DemoMatter(
    string Title, MatterType Type, string Sponsor, IReadOnlyList<string> Specialties, int Started, string GoTo, IReadOnlyList<string>? With = null, int Further = 0)
{
    public bool Has(string turn) => With?.Contains(turn) == true;
}

/// <summary>The demo province's data, read from <c>seeds/demo</c>.</summary>
public static class DemoFiles
{
    private const string AccountsSchema = "expertpanel.demo-accounts/1";
    private const string MattersSchema = "expertpanel.demo-matters/1";

    public static IReadOnlyList<DemoAccount> Accounts(SeedFiles seeds) => Read<DemoAccount>(seeds, "accounts.json", AccountsSchema, "accounts");

    public static IReadOnlyList<DemoMatter> Matters(SeedFiles seeds)
    {
        var matters = Read<DemoMatter>(seeds, "matters.json", MattersSchema, "matters");
        var strange = matters.SelectMany(m => (m.With ?? []).Except(DemoTurns.All).Select(turn => $"{m.Title}: '{turn}'")).FirstOrDefault();
        return strange is null ? matters : throw new InvalidDataException($"seeds/demo/matters.json: {strange} is no turn; expected one of {string.Join(", ", DemoTurns.All)}");
    }

    private static List<T> Read<T>(SeedFiles seeds, string name, string schema, string list)
    {
        using var file = JsonDocument.Parse(seeds.Demo(name));
        if (file.RootElement.GetProperty("schema").GetString() != schema) throw new InvalidDataException($"seeds/demo/{name}: expected the schema {schema}");
        return file.RootElement.GetProperty(list).Deserialize<List<T>>(MatterCommands.Json) ?? [];
    }
}
