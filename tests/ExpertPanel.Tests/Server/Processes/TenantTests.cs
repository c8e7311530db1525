using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Server.Tenancy;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>Two committees in one database never meet.</summary>
public sealed class TenantTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task Another_committee_sees_nothing(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await Stage.ExpertConsultingAsync(panel);
        foreach (var stranger in new[] { await SecondCommitteeAsync(panel), Guid.Empty })
        {
            await using var db = panel.Databases.Create(stranger);
            Assert.Equal((0, 0, 0), (await db.Matters.CountAsync(), await db.History.CountAsync(), await db.Timers.CountAsync()));
            Assert.Equal((0, 0, 0), (await db.Letters.CountAsync(), await db.Invitations.CountAsync(), await db.Draws.CountAsync()));
            Assert.Equal((0, 0), (await db.Experts.CountAsync(), await db.ExpertAddresses.CountAsync()));
        }
    }

    [Fact]
    public async Task Every_row_of_a_committee_is_read_through_the_filter()
    {
        await using var panel = await TestPanel.CreateAsync(1);
        await using var db = panel.Open();
        var owned = db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList();
        Assert.True(owned.Count > 15);
        Assert.All(owned, e => Assert.Contains(PanelDb.TenantFilter, e.GetDeclaredQueryFilters().Select(f => f.Key)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_acts_on_another_committees_matter(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.PreCheckAsync(panel); // and this program remembers it
        var stranger = await SecondCommitteeAsync(panel);

        var result = await panel.Runner.RunAsync(stranger, matter.Id, new AcceptMatter(), People.Head, null, CancellationToken.None);
        Assert.Equal("matter.not-found", result.Refusal?.Code);
        var linked = await panel.Runner.RunAsync(stranger, null, Stage.Registration() with { LinkedNumber = matter.Number }, People.Clerk, null, CancellationToken.None);
        Assert.Equal("matter.link-not-found", linked.Refusal?.Code);
        Assert.Equal("preCheck", (await RowAsync(panel, matter.Id)).Stage);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Each_committee_counts_its_own_numbers_and_keeps_its_own_keys(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var stranger = await SecondCommitteeAsync(panel);
        var ours = await panel.RunAsync(null, Stage.Registration(), People.Clerk, "form-1");
        var theirs = await panel.Runner.RunAsync(stranger, null, Stage.Registration(), People.Clerk, "form-1", CancellationToken.None);

        Assert.Equal(("620000-2014-0001", "620500-2014-0001"), (ours.Matter?.Number, theirs.Matter?.Number));
        Assert.False(theirs.Repeated);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_row_of_another_committee_can_not_be_written(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.RegisteredAsync(panel);
        var stranger = await SecondCommitteeAsync(panel);
        var row = await RowAsync(panel, matter.Id);

        await using (var db = panel.Databases.Create(stranger))
        {
            db.Attach(row).Entity.Title = "改";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        }

        await using (var db = panel.Databases.Create(stranger))
        {
            db.LocalDays.Add(new() { TenantId = panel.TenantId, Date = new(2014, 9, 30), Name = "x" });
            Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
        }

        await using (var db = panel.Databases.Create(Guid.Empty))
        {
            db.LocalDays.Add(new() { Date = new(2014, 9, 30), Name = "x" });
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        }

        await using (var db = panel.Databases.Create(stranger))
        {
            db.Remove(row);
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        }

        await using (var db = panel.Databases.Create(stranger))
            await Assert.ThrowsAsync<InvalidOperationException>(() => PreparedWrites.InsertAsync(db, new LetterRow { TenantId = panel.TenantId }, CancellationToken.None));
        Assert.Equal(matter.Title, (await RowAsync(panel, matter.Id)).Title);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_new_row_is_stamped_with_its_committee(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var db = panel.Open();
        db.LocalDays.Add(new() { Date = new(2014, 10, 13), Name = "州庆" });
        await db.SaveChangesAsync();
        Assert.Equal(panel.TenantId, (await db.LocalDays.AsNoTracking().SingleAsync()).TenantId);
    }

    private static async Task<Guid> SecondCommitteeAsync(TestPanel panel)
    {
        var id = Guid.CreateVersion7();
        await using (var db = panel.Databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = id, Code = "620500", Place = "天水市", OfficeName = "天水市人民政府法制办公室", Level = "prefecture" });
            await db.SaveChangesAsync();
        }

        await using (var db = panel.Databases.Create(id))
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == id), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        return id;
    }
}
