using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Experts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>The seats are as many as the rules say, also when two are given at once; appointments begin, go on and end with their record.</summary>
public sealed class SeatTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    private static readonly Actor Secretary = new("s", "秘书", new HashSet<Role> { Role.Secretariat }, "test");

    [Theory, MemberData(nameof(Both))]
    public async Task Of_eight_who_seat_the_seventeenth_at_once_one_succeeds(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, experts: 370);
        await using (var db = panel.Open())
        {
            var members = await db.Experts.Where(e => e.CommitteeMember).OrderBy(e => e.BankNumber).ToListAsync();
            Assert.Equal(17, members.Count);
            members[0].CommitteeMember = false;
            await db.SaveChangesAsync();
        }

        List<string> candidates;
        await using (var db = panel.Open()) candidates = await db.Experts.Where(e => !e.CommitteeMember).OrderByDescending(e => e.BankNumber).Take(8).Select(e => e.BankNumber).ToListAsync();
        var results = await Task.WhenAll(candidates.Select(number => Task.Run(async () =>
        {
            await using var db = panel.Open();
            return await Of(panel, db).SeatAsync(number, "省政府决定", Secretary, CancellationToken.None) ?? [];
        })));

        Assert.Equal(1, results.Count(problems => problems.Count == 0));
        Assert.All(results.Where(problems => problems.Count > 0), problems => Assert.Contains("席位共 17 个，已满", problems[0].Zh, StringComparison.Ordinal));
        await using var after = panel.Open();
        Assert.Equal(17, await after.Experts.CountAsync(e => e.CommitteeMember));
        Assert.Equal(1, await after.History.CountAsync(h => h.Command == "seatMember"));
        Assert.True((await AuditCheck.RunAsync(after, CancellationToken.None)).Intact);
    }

    /// <summary>SQLite has one writer; each of PostgreSQL's statements reads what was last committed, so an overtaken judgment must be found out.</summary>
    [Fact]
    public async Task What_was_overtaken_between_its_judgment_and_its_record_is_not_written()
    {
        await using var panel = await PanelAsync(DatabaseKind.Postgres);
        await using var db = panel.Open();
        var bankNumber = await db.Experts.Where(e => !e.CommitteeMember).OrderByDescending(e => e.BankNumber).Select(e => e.BankNumber).FirstAsync();
        var change = new RecordedChange(db, panel.Databases, panel.Get<CommitteeHistory>(), Errors());
        var result = await change.RunAsync(Secretary, "seatMember", new { bankNumber }, async () =>
        {
            (await db.Experts.SingleAsync(e => e.BankNumber == bankNumber)).CommitteeMember = true;
            await using var other = panel.Open();
            await panel.Get<CommitteeHistory>().AppendAsync(other, Secretary, "other", new { }, CancellationToken.None);
            await other.SaveChangesAsync();
            return IdentityResult.Success;
        }, CancellationToken.None);

        Assert.False(result.Succeeded);
        await using var after = panel.Open();
        Assert.False((await after.Experts.SingleAsync(e => e.BankNumber == bankNumber)).CommitteeMember);
        Assert.Equal(["other"], await after.History.Where(h => h.StreamId == after.TenantId).Select(h => h.Command).ToListAsync());
        Assert.True((await AuditCheck.RunAsync(after, CancellationToken.None)).Intact);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_appointment_gets_the_next_number_is_reappointed_when_due_and_ends_with_its_ground(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await using var db = panel.Open();
        var appointments = Of(panel, db);
        var expert = new NewExpert("吉䶮", "男", "学者", false, "示例大学", "教授", "", ["administrative"], "ji@example.test", new(2014, 9, 1), new(2014, 12, 31), "甘政发〔2014〕1号", [], [], []);
        var (number, problems) = await appointments.AppointAsync(expert, Secretary, CancellationToken.None);
        Assert.Empty(problems);
        var greatest = await db.Experts.Where(e => e.BankNumber != number).MaxAsync(e => e.BankNumber);
        Assert.Equal(greatest![..1], number![..1]);
        Assert.Equal(int.Parse(greatest[1..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(number[1..], System.Globalization.CultureInfo.InvariantCulture));

        var again = await appointments.AppointAsync(expert with { TermTo = new(2014, 8, 1) }, Secretary, CancellationToken.None);
        Assert.Equal([nameof(NewExpert.TermTo), nameof(NewExpert.Address), nameof(NewExpert.Name)], again.Problems.Select(p => p.Field));

        // Friday 26 September is more than two months before the end of December.
        Assert.Contains("2014-10-31", (await appointments.ReappointAsync(number, new(2019, 12, 31), "续聘决定", Secretary, CancellationToken.None))![0].Zh, StringComparison.Ordinal);
        panel.Clock.SetUtcNow(panel.Clock.GetUtcNow().AddDays(40));
        Assert.Empty((await appointments.ReappointAsync(number, new(2019, 12, 31), "续聘决定", Secretary, CancellationToken.None))!);
        Assert.Equal("Reason", (await appointments.EndAsync(number, new(AppointmentEnding.SecrecyBreach, ""), Secretary, CancellationToken.None) ?? [])[0].Field);
        Assert.Empty((await appointments.EndAsync(number, new(AppointmentEnding.Resigned, "本人申请"), Secretary, CancellationToken.None))!);
        var row = await db.Experts.AsNoTracking().SingleAsync(e => e.BankNumber == number);
        Assert.Equal((new DateOnly(2014, 11, 4), false), (row.TermTo, row.CommitteeMember));
        Assert.Contains("聘期之内", (await appointments.SeatAsync(number, "x", Secretary, CancellationToken.None))![0].Zh, StringComparison.Ordinal);
        Assert.Null(await appointments.SeatAsync("nobody", "x", Secretary, CancellationToken.None));
    }

    private static ExpertAppointments Of(TestPanel panel, PanelDb db) =>
        new(db, new RecordedChange(db, panel.Databases, panel.Get<CommitteeHistory>(), Errors()), panel.Get<CommitteeSettings>(), panel.Clock);

    private static AccountErrors Errors() =>
        new(new StringLocalizer<ExpertPanel.Server.Resources.Texts>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));
}
