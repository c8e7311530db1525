using ExpertPanel.Server.Data;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>A lent card arrives once, follows its original, counts one person's work once, and is nobody else's.</summary>
public sealed class LendingTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    private static readonly DateTimeOffset Long = TestPanel.Start.AddYears(-5);

    [Theory, MemberData(nameof(Both))]
    public async Task A_lent_card_is_carried_once_follows_changes_and_ends_with_the_loan(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var city = await CityAsync(panel, "620500");
        var (loan, expert) = await LendAsync(panel, city);
        var guests = Guests(panel);

        Assert.Equal(1, await guests.CarryDueAsync(10, CancellationToken.None));
        await guests.CarryAsync(city, loan, CancellationToken.None);
        var guest = await GuestAsync(panel, city);
        Assert.Equal(($"620000-{expert.BankNumber}", expert.Name, expert.Employer, false), (guest.BankNumber, guest.Name, guest.Employer, guest.CommitteeMember));
        Assert.Equal(expert.Addresses.Select(a => a.Address), guest.Addresses.Select(a => a.Address));
        Assert.Equal((new DateOnly(2014, 9, 26), new DateOnly(2014, 12, 31)), (guest.TermFrom, guest.TermTo));

        await ChangeLoanAsync(panel, panel.TenantId, loan, async (db, row) =>
        {
            var own = await db.Experts.Include(e => e.Addresses).SingleAsync(e => e.Id == expert.Id);
            own.Employer = "改名后的大学";
            await GuestCards.ShowAsync(db, own, CancellationToken.None);
        });
        Assert.Equal(1, await guests.CarryDueAsync(10, CancellationToken.None));
        Assert.Equal(("改名后的大学", guest.Id), ((await GuestAsync(panel, city)).Employer, (await GuestAsync(panel, city)).Id));

        await ChangeLoanAsync(panel, city, loan, (_, row) =>
        {
            (row.State, row.Until) = (LoanState.Ended, new(2014, 9, 25));
            row.CardVersion++;
            return Task.CompletedTask;
        });
        Assert.Equal(1, await guests.CarryDueAsync(10, CancellationToken.None));
        Assert.True((await GuestAsync(panel, city)).TermTo < new DateOnly(2014, 9, 26));
        Assert.Equal(0, await guests.CarryDueAsync(10, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_one_committee_asked_counts_in_the_draws_of_every_other(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var (city, other) = (await CityAsync(panel, "620500"), await CityAsync(panel, "620600"));
        var (loan, expert) = await LendAsync(panel, city);
        var (second, _) = await LendAsync(panel, other);
        await Guests(panel).CarryDueAsync(10, CancellationToken.None);
        var (here, there) = (await GuestAsync(panel, city), await GuestAsync(panel, other));
        await AskAsync(panel, panel.TenantId, expert.Id, InvitationState.Submitted, InvitationState.Accepted);
        await AskAsync(panel, city, here.Id, InvitationState.Declined);
        await AskAsync(panel, other, there.Id, InvitationState.Invited);

        Assert.Equal((Open: 2, Recent: 4), await LoadAsync(panel, panel.TenantId, expert.Id));
        Assert.Equal((Open: 2, Recent: 4), await LoadAsync(panel, city, here.Id));
        Assert.Equal((Open: 2, Recent: 4), await LoadAsync(panel, other, there.Id));
        Assert.NotEqual(loan, second);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_person_who_stands_in_both_banks_is_not_taken_twice(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var city = await CityAsync(panel, "620500");
        var (loan, expert) = await LendAsync(panel, city);
        await using (var db = panel.Databases.Create(city))
        {
            db.Experts.Add(new() { Id = Guid.CreateVersion7(), BankNumber = "TS0001", Name = expert.Name, Employer = expert.Employer, TermTo = new(2020, 1, 1) });
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await Guests(panel).CarryDueAsync(10, CancellationToken.None));
        await using var after = panel.Databases.Create(city);
        Assert.Contains("TS0001", (await after.Loans.SingleAsync(l => l.Id == loan)).Fault, StringComparison.Ordinal);
        Assert.Equal(1, await after.Experts.CountAsync());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_third_committee_neither_sees_nor_changes_a_loan(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var (city, third) = (await CityAsync(panel, "620500"), await CityAsync(panel, "620600"));
        var (loan, _) = await LendAsync(panel, city);
        await using (var db = panel.Databases.Create(city)) Assert.Equal(1, await db.Loans.CountAsync());
        await using var stranger = panel.Databases.Create(third);
        Assert.Equal(0, await stranger.Loans.CountAsync());
        stranger.Loans.Attach(new() { Id = loan, BorrowerId = city, LenderId = panel.TenantId }).Property(l => l.Until).CurrentValue = new(2099, 1, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.SaveChangesAsync());
        if (on == DatabaseKind.Postgres)
        {
            Assert.Equal(0, await stranger.Database.ExecuteSqlRawAsync("UPDATE loans SET \"Reason\" = 'x'"));
            await using var finder = panel.Databases.Create(Guid.Empty);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => finder.Database.ExecuteSqlRawAsync("SELECT \"ExpertName\" FROM loans"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    private static GuestCards Guests(TestPanel panel) => new(panel.Databases, panel.Get<CommitteeHistory>(), panel.Clock);

    private static async Task<Guid> CityAsync(TestPanel panel, string code)
    {
        var id = Guid.CreateVersion7();
        await using (var db = panel.Databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = id, Code = code, Place = code, OfficeName = $"{code}办公室", Level = "prefecture", ParentCode = "620000" });
            await db.SaveChangesAsync();
        }

        await using (var db = panel.Databases.Create(id))
            await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == id), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        return id;
    }

    private static async Task<(Guid Loan, ExpertRow Expert)> LendAsync(TestPanel panel, Guid borrower)
    {
        await using var db = panel.Open();
        var expert = await db.Experts.AsNoTracking().Include(e => e.Addresses).OrderBy(e => e.BankNumber).FirstAsync();
        var loan = new LoanRow
        {
            Id = Guid.CreateVersion7(), BorrowerId = borrower, LenderId = panel.TenantId, LenderCode = "620000", LenderName = "省", BorrowerName = "市", ExpertId = expert.Id, BankNumber = expert.BankNumber,
            ExpertName = expert.Name, State = LoanState.Lent, Reason = "x", Until = new(2014, 12, 31), AskedBy = "y", AskedAt = panel.Clock.GetUtcNow(), DecidedAt = panel.Clock.GetUtcNow(),
            CardJson = LentCard.Of(expert).Write(), CardVersion = 1,
        };
        db.Loans.Add(loan);
        await db.SaveChangesAsync();
        return (loan.Id, expert);
    }

    private static async Task ChangeLoanAsync(TestPanel panel, Guid tenant, Guid loan, Func<PanelDb, LoanRow, Task> change)
    {
        await using var db = panel.Databases.Create(tenant);
        await change(db, await db.Loans.SingleAsync(l => l.Id == loan));
        await db.SaveChangesAsync();
    }

    private static async Task<ExpertRow> GuestAsync(TestPanel panel, Guid tenant)
    {
        await using var db = panel.Databases.Create(tenant);
        return await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleAsync(e => e.LoanId != null);
    }

    private static async Task AskAsync(TestPanel panel, Guid tenant, Guid expert, params InvitationState[] states)
    {
        await using var db = panel.Databases.Create(tenant);
        foreach (var state in states)
            db.Invitations.Add(new() { Id = Guid.CreateVersion7(), MatterId = Guid.CreateVersion7(), ExpertId = expert, TokenHash = Guid.CreateVersion7().ToString("N"), State = state.ToString(), InvitedAt = panel.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }

    private static async Task<(int Open, int Recent)> LoadAsync(TestPanel panel, Guid tenant, Guid expert)
    {
        await using var db = panel.Databases.Create(tenant);
        var member = (await panel.Get<ExpertPool>().LoadAsync(db, panel.Clock.GetUtcNow(), Long, CancellationToken.None)).Single(m => m.ExpertId == expert);
        return (member.Candidate.OpenReviews, member.Candidate.RecentReviews);
    }
}
