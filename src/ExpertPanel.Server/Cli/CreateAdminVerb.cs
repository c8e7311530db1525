using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Cli;

/// <summary><c>create-admin</c>: the accounts that nobody could create at the pages, because nobody is there yet. One administrator's role each.</summary>
internal static class CreateAdminVerb
{
    private static readonly Dictionary<string, Role> Roles = new(StringComparer.Ordinal)
    {
        ["system"] = Role.SystemAdministrator,
        ["security"] = Role.SecurityAdministrator,
        ["audit"] = Role.AuditAdministrator,
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--name", "--committee", "--role", "--db");
        var name = arguments.Required("--name", "the name to sign in with");
        var code = arguments.Required("--committee", "a code such as 620000");
        if (!Roles.TryGetValue(arguments["--role"] ?? "system", out var role)) arguments.Problem("--role", $"'{arguments["--role"]}' is none; expected {string.Join(", ", Roles.Keys)}");
        if (name.Length > 60) arguments.Problem("--name", "is longer than 60 characters");
        arguments.MustBeSound();

        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var committee = await VerbHost.CommitteeAsync(host.Services.GetRequiredService<PanelDbFactory>(), code, cancellationToken);
        if (!committee.Live) throw new VerbRefusedException($"--committee: {code} is not in service; run 'seed committee --committee {code}' first");
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.EnterTenant(committee.Id);
        var (result, password) = await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
            .CreateAsync(Actor.System("cli create-admin"), new(name, name, null, null, null, [role]), cancellationToken);
        if (!result.Succeeded) throw new VerbRefusedException([.. result.Errors.Select(e => $"--name: {e.Description}")]);
        if (arguments.Json) await VerbHost.AnswerAsync(output, new { schema = "expertpanel.create-admin/1", name, committee = code, role = role.ToString(), password });
        else await output.WriteLineAsync($"{name}（{Workflows.Routes.RoleNames.Zh(role)}，{committee.OfficeName}）的一次性密码，首次登录须修改 / one-time password, to be changed at the first sign-in: {password}");
        return Verbs.Done;
    }
}
