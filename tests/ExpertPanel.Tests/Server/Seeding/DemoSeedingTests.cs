using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Routes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ExpertPanel.Tests.Server.Seeding;

/// <summary>The demo province, loaded once for the tests that look at it.</summary>
public sealed class DemoProvinceFixture : IAsyncLifetime
{
    public AppFactory App { get; private set; } = null!;

    public DemoResult Result { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await AppFactory.StartAsync();
        Result = await DemoSeeding.LoadAsync(App.Services, mustChangePassword: false, announce: null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}

public sealed class DemoSeedingTests(DemoProvinceFixture demo) : IClassFixture<DemoProvinceFixture>
{
    [Fact]
    public async Task The_province_has_its_places_its_bank_and_its_seats()
    {
        await using var db = demo.App.Database();

        Assert.Equal(101, await db.Committees.CountAsync());
        Assert.Equal(["620000"], await db.Committees.Where(c => c.Live).Select(c => c.Code).ToListAsync());
        Assert.Equal(370, await db.Experts.CountAsync());
        Assert.Equal(17, await db.Experts.CountAsync(e => e.CommitteeMember));
        Assert.True(await db.Experts.AllAsync(e => e.Name.StartsWith("示例")));
    }

    [Fact]
    public async Task A_matter_stands_in_every_stage_where_one_can_stand()
    {
        await using var db = demo.App.Database();
        var (route, _) = RouteReader.Read(SeedFiles.BesideProgram.Route);
        Assert.NotNull(route);

        var stages = await db.Matters.Select(m => m.Stage).Distinct().ToListAsync();

        // The letters leave in the very step that draws, so nothing ever waits for them.
        Assert.Equal(["inviting"], route.Stages.Select(s => s.Id).Except(stages));
    }

    [Fact]
    public async Task Every_exception_happened_and_each_matter_is_where_its_plan_says()
    {
        await using var db = demo.App.Database();
        var commands = await db.History.Select(h => h.Command).Distinct().ToListAsync();
        var plans = DemoFiles.Matters(SeedFiles.BesideProgram);

        foreach (var command in new[]
        {
            "requestSupplement", "declineMatter", "returnMatter", "transferMatter", "withdrawMatter", "terminateMatter", "suspendMatter", "resumeMatter", "expediteMatter",
            "requestExtension", "decideExtension", "declineInvitation", "recuseExpert", "lapseInvitation", "seatSubstitutes", "strikeOpinion", "resolveShortfall", "callMeeting",
            "recordMinutes", "returnDraft", "countersign", "superviseMatter", "archiveMatter",
        })
            Assert.Contains(command, commands);
        var stages = await db.Matters.ToDictionaryAsync(m => m.Title, m => m.Stage);
        Assert.All(plans, plan => Assert.Equal((plan.Title, plan.GoTo), (plan.Title, stages[plan.Title])));
        Assert.True(await db.Matters.AnyAsync(m => m.Suspended));
        Assert.True(await db.Matters.AnyAsync(m => m.OpenSlips > 0));
    }

    [Fact]
    public async Task Titles_and_units_are_visibly_made_up()
    {
        await using var db = demo.App.Database();

        Assert.All(await db.Matters.Select(m => new { m.Title, m.SponsoringUnit }).ToListAsync(), m =>
        {
            Assert.Contains("示例", m.Title, StringComparison.Ordinal);
            Assert.StartsWith("示例", m.SponsoringUnit, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_history_is_intact_and_never_runs_backwards()
    {
        await using var db = demo.App.Database();

        var audit = await AuditCheck.RunAsync(db, CancellationToken.None);

        Assert.True(audit.Intact, string.Join("; ", audit.Faults));
        var numbers = await db.Matters.OrderBy(m => m.RegisteredAt).ThenBy(m => m.Number).Select(m => m.Number).ToListAsync();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        var issued = await db.Matters.Where(m => m.DocumentNumber != null).OrderBy(m => m.IssuedOn).Select(m => m.IssuedOn).ToListAsync();
        Assert.True(issued.Count > 5);
        Assert.True(await db.History.AllAsync(h => h.At <= TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task The_printed_password_opens_every_account_and_stands_nowhere()
    {
        Assert.NotNull(demo.Result.Password);
        foreach (var account in demo.Result.Accounts)
        {
            using var browser = demo.App.Open();
            await browser.SignInAsync(account.Name, demo.Result.Password);
        }

        Assert.Equal(15, demo.Result.Accounts.Count);
        Assert.DoesNotContain(demo.App.Log.Value, line => line.Contains(demo.Result.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        var before = await CountsAsync();

        var again = await DemoSeeding.LoadAsync(demo.App.Services, mustChangePassword: false, announce: null, CancellationToken.None);

        Assert.Equal((null, null, 0), (again.Password, again.Refused, again.Acts));
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task Dissent_and_a_declined_invitation_are_on_record()
    {
        await using var db = demo.App.Database();
        var states = await db.Invitations.Select(i => i.State).Distinct().ToListAsync();

        Assert.Contains(nameof(InvitationState.Declined), states);
        Assert.Contains(nameof(InvitationState.Recused), states);
        Assert.Contains(nameof(InvitationState.Lapsed), states);
        Assert.True(await db.History.AnyAsync(h => h.Command == "submitOpinion" && h.Facts.Contains("\"dissent\":true")));
    }

    private async Task<(int, int, int, int)> CountsAsync()
    {
        await using var db = demo.App.Database();
        return (await db.Matters.CountAsync(), await db.History.CountAsync(), await db.Users.CountAsync(), await db.Letters.CountAsync());
    }
}

public sealed class DemoOnAnyDayTests
{
    /// <summary>A Sunday, the first day after the long holiday of spring, and the turn of the year.</summary>
    [Theory]
    [InlineData("2026-11-22T03:00:00Z")]
    [InlineData("2026-02-24T00:30:00Z")]
    [InlineData("2027-01-01T15:00:00Z")]
    public async Task The_plan_holds_whatever_day_it_is(string now)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var app = await AppFactory.StartAsync(services: s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));

        await DemoSeeding.LoadAsync(app.Services, mustChangePassword: true, announce: null, CancellationToken.None);

        await using var db = app.Database();
        var stages = await db.Matters.ToDictionaryAsync(m => m.Title, m => m.Stage);
        Assert.All(DemoFiles.Matters(SeedFiles.BesideProgram), plan => Assert.Equal((plan.Title, plan.GoTo), (plan.Title, stages[plan.Title])));
        Assert.True(await db.Users.AllAsync(u => u.MustChangePassword));
    }

    [Fact]
    public async Task An_interrupted_seeding_goes_on_where_it_stopped()
    {
        await using var app = await AppFactory.StartAsync();
        using (var stop = new CancellationTokenSource())
        {
            var loading = DemoSeeding.LoadAsync(app.Services, mustChangePassword: false, announce: _ => stop.CancelAfter(TimeSpan.FromMilliseconds(700)), stop.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        }

        var result = await DemoSeeding.LoadAsync(app.Services, mustChangePassword: false, announce: null, CancellationToken.None);

        Assert.Null(result.Password);
        await using var db = app.Database();
        Assert.Equal(DemoFiles.Matters(SeedFiles.BesideProgram).Count, await db.Matters.CountAsync());
        Assert.True((await AuditCheck.RunAsync(db, CancellationToken.None)).Intact);
    }

    [Fact]
    public async Task An_offices_own_data_is_never_mixed_with_the_demo()
    {
        await using var app = await AppFactory.StartAsync();
        await app.AddAccountAsync("真实人员", [Role.RegistryClerk]);

        var result = await DemoSeeding.LoadAsync(app.Services, mustChangePassword: false, announce: null, CancellationToken.None);

        Assert.NotNull(result.Refused);
        await using var db = app.Database();
        Assert.Equal((0, 0, 1), (await db.Matters.CountAsync(), await db.Experts.CountAsync(), await db.Users.CountAsync()));
    }
}
