using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Cli;

/// <summary><c>seed demo</c>: the made-up province, for an empty database. <c>seed committee</c>: a real committee's places, default route and rules, nothing else.</summary>
internal static class SeedVerb
{
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken) => args switch
    {
        ["demo", .. var rest] => DemoAsync(rest, output, cancellationToken),
        ["committee", .. var rest] => CommitteeAsync(rest, output, cancellationToken),
        _ => throw new VerbRefusedException($"seed: '{args.FirstOrDefault()}' can't be seeded; expected demo or committee"),
    };

    private static async Task<int> DemoAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--db");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        // Outside Development the one password is good for one sign-in only. It is said before the long part, and only once.
        Action<DemoResult>? announce = arguments.Json ? null : begun => DemoSeeding.Announce(begun, output);
        var result = await DemoSeeding.LoadAsync(host.Services, !host.Services.GetRequiredService<IHostEnvironment>().IsDevelopment(), announce, cancellationToken);
        if (result.Refused is { } refused) throw new VerbRefusedException($"seed demo: {refused}");
        if (arguments.Json)
        {
            await VerbHost.AnswerAsync(output, new
            {
                schema = "expertpanel.seed-demo/1",
                result.Password,
                accounts = result.Accounts.Select(a => new { a.Name, a.DisplayName, roles = a.Roles.Select(r => r.ToString()) }),
                result.Matters,
                result.Acts,
            });
            return Verbs.Done;
        }

        if (result.Password is null) await output.WriteLineAsync("示例省的账号已经存在，密码不再显示 / the demo accounts were there; their password is not shown again");
        return Verbs.Done;
    }

    private static async Task<int> CommitteeAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--committee", "--db");
        var code = arguments.Required("--committee", "a code such as 620000");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var databases = host.Services.GetRequiredService<PanelDbFactory>();
        await using (var db = databases.Create(Guid.Empty)) await CommitteeSetup.AddPlacesAsync(db, SeedFiles.BesideProgram, cancellationToken);
        var committee = await VerbHost.CommitteeAsync(databases, code, cancellationToken);
        await using (var db = databases.Create(committee.Id))
        {
            var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == committee.Id, cancellationToken), SeedFiles.BesideProgram, now, cancellationToken);
        }

        if (arguments.Json) await VerbHost.AnswerAsync(output, new { schema = "expertpanel.seed-committee/1", committee.Code, committee.OfficeName, live = true });
        else await output.WriteLineAsync($"{committee.OfficeName}（{committee.Code}）已启用，流程和规则为缺省值，请逐项确认 / in service with the default route and rules; confirm each");
        return Verbs.Done;
    }
}
