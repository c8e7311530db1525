using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>What the bank tells a draw of how often each was asked.</summary>
public sealed class ExpertLoadTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    private static readonly DateTimeOffset NewYear = ChinaTime.At(new(2014, 1, 1), 0);

    [Theory, MemberData(nameof(Both))]
    public async Task Every_invitation_that_went_out_counts_whatever_became_of_it(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invited = matter.Panel?.Invitations ?? [];
        await panel.MustAsync(matter.Id, new DeclineInvitation(invited[0].Id, "出差"), People.Expert(invited[0]));
        matter = await panel.MustAsync(matter.Id, new RecuseExpert(invited[1].Id, RecusalGround.OwnInterest), People.Expert(invited[1]));
        await panel.PassAsync(TimeSpan.FromDays(20)); // and the others stay silent

        await using var db = panel.Open();
        var states = await db.Invitations.Select(i => i.State).Distinct().ToListAsync();
        Assert.Subset(states.ToHashSet(), new HashSet<string> { "Declined", "Recused", "Lapsed" });
        var asked = await db.Invitations.Select(i => i.ExpertId).ToListAsync();
        var pool = await PoolAsync(panel, db);
        Assert.All(pool, one => Assert.Equal(asked.Count(id => id == one.ExpertId), one.Candidate.RecentReviews));
        Assert.Contains(pool, one => one.ExpertId == invited[0].ExpertId && one.Candidate is { RecentReviews: 1, OpenReviews: 0 });

        var nextYear = await panel.Get<ExpertPool>().LoadAsync(db, panel.Clock.GetUtcNow(), ChinaTime.At(new(2015, 1, 1), 0), CancellationToken.None);
        Assert.All(nextYear, one => Assert.Equal(0, one.Candidate.RecentReviews));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_takes_up_a_specialty_or_comes_back_starts_where_the_others_are(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, experts: 12);
        await GiveAsync(panel, "land", i => i < 5); // the first five
        await InviteAsync(panel, 0, 0, 1, 1, 2, 3); // six invitations of four

        await ChangeAsync(panel, 4, before: new([], null, null), after: new(["land"], null, null));
        Assert.Equal([2, 2, 1, 1, 2, 0], await LoadsAsync(panel, 6)); // six of four others: one and a half

        await ChangeAsync(panel, 3, before: new(["land"], new(2014, 3, 1), null), after: new(["land"], null, null));
        Assert.Equal([2, 2, 1, 2, 2, 0], await LoadsAsync(panel, 6)); // back from leave: five of four others, rounded up

        await InviteAsync(panel, 4);
        Assert.Equal([2, 2, 1, 2, 3, 0], await LoadsAsync(panel, 6));

        // Dropping one, or a change of something else, is no arrival.
        await ChangeAsync(panel, 2, before: new(["land", "tax"], null, null), after: new(["land"], null, null));
        await ChangeAsync(panel, 2, before: new(["land"], new(2014, 12, 1), null), after: new(["land"], null, null));
        Assert.Equal([2, 2, 1, 2, 3, 0], await LoadsAsync(panel, 6));
    }

    [Fact]
    public async Task A_leave_that_ran_out_and_a_term_that_began_within_the_year_are_arrivals_too()
    {
        await using var panel = await TestPanel.CreateAsync(8);
        await GiveAsync(panel, "land", i => i < 4);
        await InviteAsync(panel, 0, 0, 1);
        panel.Clock.Advance(TimeSpan.FromDays(30)); // now it is the end of October
        await using (var db = panel.Open())
        {
            var experts = await db.Experts.OrderBy(e => e.BankNumber).ToListAsync();
            (experts[2].LeaveFrom, experts[2].LeaveTo) = (new(2014, 3, 1), new(2014, 10, 10));
            experts[3].TermFrom = new(2014, 10, 15);
            await RecordAsync(panel, db, new { expert = "none", before = new Card([], null, null), after = new Card([], null, null) });
            await db.SaveChangesAsync();
        }

        Assert.Equal([2, 1, 1, 1, 0], await LoadsAsync(panel, 5));
    }

    private sealed record Card(IReadOnlyList<string> Specialties, DateOnly? LeaveFrom, DateOnly? LeaveTo);

    private static async Task<IReadOnlyList<ExpertPanel.Workflows.PoolMember>> PoolAsync(TestPanel panel, PanelDb db) =>
        await panel.Get<ExpertPool>().LoadAsync(db, panel.Clock.GetUtcNow(), NewYear, CancellationToken.None);

    private static async Task<IEnumerable<int>> LoadsAsync(TestPanel panel, int experts)
    {
        await using var db = panel.Open();
        return (await PoolAsync(panel, db)).Take(experts).Select(one => one.Candidate.RecentReviews);
    }

    private static async Task GiveAsync(TestPanel panel, string specialty, Func<int, bool> holds)
    {
        await using var db = panel.Open();
        foreach (var (index, expert) in (await db.Experts.OrderBy(e => e.BankNumber).ToListAsync()).Index()) expert.Specialties = holds(index) ? [specialty] : ["other"];
        await db.SaveChangesAsync();
    }

    /// <summary>Invitations of a matter, a day apart.</summary>
    private static async Task InviteAsync(TestPanel panel, params int[] experts)
    {
        var matter = await Stage.RegisteredAsync(panel);
        await using var db = panel.Open();
        var ids = await db.Experts.OrderBy(e => e.BankNumber).Select(e => e.Id).ToListAsync();
        foreach (var expert in experts)
        {
            panel.Clock.Advance(TimeSpan.FromMinutes(1));
            var id = Guid.CreateVersion7();
            db.Invitations.Add(new() { Id = id, MatterId = matter.Id, ExpertId = ids[expert], Seat = "s1", State = "Submitted", InvitedAt = panel.Clock.GetUtcNow(), TokenHash = id.ToString("N") });
        }

        await db.SaveChangesAsync();
        panel.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task ChangeAsync(TestPanel panel, int index, Card before, Card after)
    {
        await using var db = panel.Open();
        var number = await db.Experts.OrderBy(e => e.BankNumber).Select(e => e.BankNumber).Skip(index).FirstAsync();
        await RecordAsync(panel, db, new { expert = number, reason = "申请", before, after });
        await db.SaveChangesAsync();
        panel.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static Task RecordAsync(TestPanel panel, PanelDb db, object facts) =>
        panel.Get<CommitteeHistory>().AppendAsync(db, People.Secretariat, CommitteeHistory.ExpertChanged, facts, CancellationToken.None);
}
