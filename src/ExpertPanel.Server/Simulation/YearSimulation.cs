using System.Diagnostics;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Simulation;

/// <param name="Database">An ADO.NET connection string; null means a temporary SQLite file that is removed.</param>
public sealed record SimulationOrder(int Year, int Matters, int Experts, int Seats, int Seed, string? Database);

/// <summary>A whole year through the same commands, transaction, letters and inbox as in life; only the clock and the people are made up.</summary>
internal static class YearSimulation
{
    /// <exception cref="SimulationRefusedException">The database already holds matters.</exception>
    public static async Task<SimulationReport> RunAsync(SimulationOrder order, CancellationToken ct)
    {
        var seeds = SeedFiles.BesideProgram;
        Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill = async (db, committee, now, token) =>
        {
            await CommitteeSetup.AdoptDefaultsAsync(db, committee, seeds, now, token);
            db.Experts.AddRange(MadeUpBank.Of(seeds, order.Experts, order.Seats, ChinaTime.LocalDate(now)));
        };
        return order.Database is { } given ? await RunAsync(order, given, MadeUp, fill, ct) : await InScratchAsync(order, MadeUp, fill, ct);
    }

    /// <summary>The same with a committee's own route, rules and bank, in a database of its own that is removed: nothing of it touches the committee.</summary>
    /// <param name="fill">Copies them into the scratch committee.</param>
    /// <param name="specialties">What the made-up matters are about.</param>
    public static Task<SimulationReport> RehearseAsync(
        SimulationOrder order, IReadOnlyList<string> specialties, Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill, CancellationToken ct) =>
        InScratchAsync(order, specialties, fill, ct);

    private static IReadOnlyList<string> MadeUp { get; } = ["administrative", "civil-commercial"];

    private static async Task<SimulationReport> InScratchAsync(
        SimulationOrder order, IReadOnlyList<string> specialties, Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("expertpanel-simulate-").FullName;
        try
        {
            return await RunAsync(order, $"Data Source={Path.Combine(folder, "year.db")}", specialties, fill, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<SimulationReport> RunAsync(
        SimulationOrder order, string database, IReadOnlyList<string> specialties, Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill, CancellationToken ct)
    {
        var (seeds, choices) = (SeedFiles.BesideProgram, new Choices(order.Seed));
        var clock = new SimulatedClock(ChinaTime.At(new(order.Year, 1, 1), 8));
        var post = new SimulatedPost();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Mailbox", "opinions@panel.test"), new("Mail:PerMinuteAndDomain", "0")]).Build();
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(settings)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new PanelDbFactory(new(database)))
            .AddSingleton<IMailTransport>(post)
            .AddProcesses(seeds.Calendars, new ReplyTokens(System.Text.Encoding.ASCII.GetBytes(choices.Hex("reply-key"))), new MailIdentity("panel.test"))
            .AddSingleton<StepChance>(new SimulatedChance(choices))
            .AddMail(settings)
            .BuildServiceProvider();
        var databases = services.GetRequiredService<PanelDbFactory>();
        var tenant = await SetUpAsync(databases, seeds, fill, clock.GetUtcNow(), ct);
        var calendar = services.GetRequiredService<Deadlines.CalendarStore>().National;
        var year = new SimulatedYear(
            databases, services.GetRequiredService<ProcessRunner>(), services.GetRequiredService<TimerRunner>(), services.GetRequiredService<OutboxRunner>(),
            services.GetRequiredService<InboxRunner>(), services.GetRequiredService<MatterCache>(), services.GetRequiredService<StepWriter>(), clock, post,
            new SimulatedOffice(choices, specialties), new SimulatedExperts(choices), choices, tenant, calendar);

        var watch = Stopwatch.StartNew();
        year.Plan(order.Year, order.Matters);
        await year.RunAsync(order.Year, ct);
        var seconds = watch.Elapsed.TotalSeconds;
        await using var db = databases.Create(tenant);
        return await SimulationReport.ReadAsync(db, order.Year, seconds, ct);
    }

    private static async Task<Guid> SetUpAsync(
        PanelDbFactory databases, SeedFiles seeds, Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill, DateTimeOffset now, CancellationToken ct)
    {
        Guid tenant;
        await databases.MigrateAsync(ct);
        await using (var db = databases.Create(Guid.Empty))
        {
            await CommitteeSetup.AddPlacesAsync(db, seeds, ct);
            tenant = await db.Committees.Where(c => c.Level == "province").Select(c => c.Id).SingleAsync(ct);
        }

        await using (var db = databases.Create(tenant))
        {
            if (await db.Matters.AnyAsync(ct) || await db.Experts.AnyAsync(ct)) throw new SimulationRefusedException();
            await fill(db, await db.Committees.SingleAsync(c => c.Id == tenant, ct), now, ct);
            await db.SaveChangesAsync(ct);
        }

        return tenant;
    }
}

/// <summary>A simulation never mixes its made-up year with a panel's own data.</summary>
public sealed class SimulationRefusedException() : Exception("The database already holds experts or matters; a simulation needs an empty one.");
