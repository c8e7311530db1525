using System.Globalization;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Routes;

namespace ExpertPanel.Server.Seeding;

/// <summary>What seeding did.</summary>
/// <param name="Password">The demo accounts' one-time password, known this once; null where they were there before.</param>
/// <param name="Refused">Why nothing was done, if so.</param>
public sealed record DemoResult(IReadOnlyList<DemoAccount> Accounts, string? Password, int Matters, int Acts, string? Refused = null);

/// <summary>Loads the demo province into an empty database; Development calls it at each start, so it does nothing the second time.</summary>
public interface IDemoSeeding
{
    Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken);
}

/// <summary>Loads the demo province. Done once; the second time it does nothing, and after an interruption it goes on.</summary>
public sealed class DemoSeeding : IDemoSeeding
{
    public async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var result = await LoadAsync(services, mustChangePassword: false, result => Announce(result, Console.Out), cancellationToken);
        if (result.Refused is { } refused) services.GetRequiredService<ILogger<DemoSeeding>>().LogInformation("No demo: {Reason}", refused);
    }

    /// <summary>Whether loading would change nothing.</summary>
    public static async Task<bool> IsThereAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var province = new DemoProvince(services, SeedFiles.BesideProgram, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await province.AddCommitteeAsync(cancellationToken);
        return !await province.MayAsync(cancellationToken) || await province.IsCompleteAsync(cancellationToken);
    }

    /// <param name="announce">Told the accounts as soon as they can be used, before the matters are made.</param>
    public static async Task<DemoResult> LoadAsync(IServiceProvider services, bool mustChangePassword, Action<DemoResult>? announce, CancellationToken cancellationToken)
    {
        var seeds = SeedFiles.BesideProgram;
        var now = HistoryChain.Storable(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var province = new DemoProvince(services, seeds, now);
        await province.AddCommitteeAsync(cancellationToken);
        var accounts = DemoFiles.Accounts(seeds);
        if (!await province.MayAsync(cancellationToken))
            return new(accounts, null, 0, 0, $"committee {DemoProvince.Code} has data of its own; the demo is for an empty database");
        if (await province.IsCompleteAsync(cancellationToken)) return new(accounts, null, 0, 0);

        var password = await province.AddPeopleAsync(accounts, mustChangePassword, cancellationToken);
        var plans = DemoFiles.Matters(seeds);
        var result = new DemoResult(accounts, password, plans.Count, 0);
        if (password is not null) announce?.Invoke(result);
        var acts = await MakeMattersAsync(services, province, plans, now, cancellationToken);
        await province.CompleteAsync(acts, cancellationToken);
        return result with { Acts = acts };
    }

    /// <summary>The same processes over the same database, with a clock of their own.</summary>
    private static async Task<int> MakeMattersAsync(
        IServiceProvider services, DemoProvince province, IReadOnlyList<DemoMatter> plans, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var clock = new DemoClock(now.AddYears(-1));
        await using var processes = new ServiceCollection()
            .AddLogging() // Without a sink: a year of made-up timers is no news; a refused act stops the seeding.
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(services.GetRequiredService<PanelDbFactory>())
            .AddProcesses(SeedFiles.BesideProgram.Calendars, services.GetRequiredService<ReplyTokens>(), services.GetRequiredService<MailIdentity>())
            .BuildServiceProvider();
        var staff = new DemoStaff(await province.UsersAsync(cancellationToken));
        return await new DemoMatters(processes, clock, staff, province.TenantId, now).RunAsync(plans, cancellationToken);
    }

    /// <summary>The accounts, a line each, under the one password they share.</summary>
    public static void Announce(DemoResult result, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"演示账号（一次性密码仅显示这一次）/ demo accounts, their one password shown this once: {result.Password}"));
        foreach (var account in result.Accounts)
            output.WriteLine($"  {account.Name,-16} {account.DisplayName}（{string.Join("、", account.Roles.Select(RoleNames.Zh))}）");
    }
}
