using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>Somebody with the database's password changes history: what was done is named, with the row.</summary>
public sealed class AuditCheckTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    private const int Edited = 3;

    [Theory, MemberData(nameof(Both))]
    public async Task An_untouched_history_is_intact(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await Stage.RegisteredAsync(panel);
        await Stage.PreCheckAsync(panel);
        await using (var db = panel.Open())
        {
            await panel.Get<CommitteeHistory>().AppendAsync(db, People.Leader, "adoptRules", new { version = 2 }, CancellationToken.None);
            await db.SaveChangesAsync();
        }

        await using var reading = panel.Open();
        var report = await AuditCheck.RunAsync(reading, CancellationToken.None);
        Assert.True(report.Intact, string.Join("; ", report.Faults));
        Assert.Equal((3, 5), (report.Streams, report.Rows));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_edit_of_any_field_of_any_row_is_named(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var id = (await Stage.UnderReviewAsync(panel)).Id; // five rows
        await Tamper("row.edited", Edited, r => r.ActorId = "someone");
        await Tamper("row.edited", Edited, r => r.ActorName = "某人");
        await Tamper("row.edited", Edited, r => r.OnBehalfOf = "主任");
        await Tamper("row.edited", Edited, r => r.Origin = "web 10.0.0.1");
        await Tamper("row.edited", Edited, r => r.Command = "assignMatter");
        await Tamper("row.edited", Edited, r => r.Facts = r.Facts.Replace("true", "false", StringComparison.Ordinal));
        await Tamper("row.edited", Edited, r => r.Before = "x");
        await Tamper("row.edited", Edited, r => r.After = "x");
        await Tamper("row.edited", Edited, r => r.StateHash = HistoryChain.Genesis);
        await Tamper("row.edited", Edited, r => r.IdempotencyKey = "x");
        await Tamper("row.edited", Edited, r => r.At = r.At.AddSeconds(1));
        await Tamper("row.edited", Edited, r => r.Hash = HistoryChain.Genesis);
        await Tamper("row.reordered", Edited, r => r.PreviousHash = HistoryChain.Genesis);
        // Sealed anew after the edit: then the next row no longer follows.
        await Tamper("row.reordered", Edited + 1, r =>
        {
            r.ActorName = "某人";
            r.Hash = HistoryChain.HashOf(r);
        });

        async Task Tamper(string code, int sequence, Action<HistoryRow> edit)
        {
            HistoryRow before;
            await using (var db = panel.Open())
            {
                before = await db.History.AsNoTracking().SingleAsync(h => h.StreamId == id && h.Sequence == Edited);
                var row = await db.History.SingleAsync(h => h.StreamId == id && h.Sequence == Edited);
                edit(row);
                await db.SaveChangesAsync();
            }

            Assert.Equal((id, sequence, code), await OnlyFaultAsync(panel));
            await using (var db = panel.Open())
            {
                db.Update(before);
                await db.SaveChangesAsync();
            }

            await IntactAsync(panel);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_row_taken_from_the_middle_is_missed(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var id = (await Stage.UnderReviewAsync(panel)).Id;
        await ChangeAsync(panel, db => db.History.Where(h => h.StreamId == id && h.Sequence == 3).ExecuteDeleteAsync());
        Assert.Equal((id, 3, "row.missing"), await OnlyFaultAsync(panel));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_first_row_is_missed(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var id = (await Stage.UnderReviewAsync(panel)).Id;
        await ChangeAsync(panel, db => db.History.Where(h => h.StreamId == id && h.Sequence == 1).ExecuteDeleteAsync());
        Assert.Equal((id, 1, "row.missing"), await OnlyFaultAsync(panel));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_cut_tail_is_missed(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var id = (await Stage.UnderReviewAsync(panel)).Id;
        await ChangeAsync(panel, db => db.History.Where(h => h.StreamId == id && h.Sequence >= 4).ExecuteDeleteAsync());
        Assert.Equal((id, 4, "tail.missing"), await OnlyFaultAsync(panel));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_rows_that_changed_places_are_named(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var id = (await Stage.UnderReviewAsync(panel)).Id;
        await ChangeAsync(panel, async db =>
        {
            await Move(db, 2, 99);
            await Move(db, 3, 2);
            await Move(db, 99, 3);
        });
        Assert.Equal((id, 2, "row.reordered"), await OnlyFaultAsync(panel));

        Task Move(PanelDb db, int from, int to) =>
            db.Database.ExecuteSqlAsync($"""UPDATE history SET "Sequence" = {to} WHERE "Sequence" = {from}""");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_edited_state_is_named(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.UnderReviewAsync(panel);
        var row = await RowAsync(panel, matter.Id);
        await ChangeAsync(panel, db => db.Matters.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, row.State.Replace("承办人乙", "承办人某", StringComparison.Ordinal))));
        Assert.Equal((matter.Id, 5, "state.edited"), await OnlyFaultAsync(panel));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_matter_whose_history_is_gone_is_named(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.UnderReviewAsync(panel);
        await ChangeAsync(panel, db => db.History.Where(h => h.StreamId == matter.Id).ExecuteDeleteAsync());
        Assert.Equal((matter.Id, 0, "history.missing"), await OnlyFaultAsync(panel));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_history_whose_matter_is_gone_is_named_with_the_number_that_is_missing(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.UnderReviewAsync(panel);
        await ChangeAsync(panel, db => db.Matters.Where(m => m.Id == matter.Id).ExecuteDeleteAsync());
        var faults = await FaultsAsync(panel);
        Assert.Equal([(matter.Id, "matter.missing"), (panel.TenantId, "matter.missing")], faults.Select(f => (f.Stream, f.Code)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_matter_taken_away_with_its_whole_history_leaves_a_gap_in_the_numbers(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await Stage.RegisteredAsync(panel);
        var gone = await Stage.RegisteredAsync(panel);
        await Stage.RegisteredAsync(panel);
        await ChangeAsync(panel, async db =>
        {
            await db.History.Where(h => h.StreamId == gone.Id).ExecuteDeleteAsync();
            await db.Matters.Where(m => m.Id == gone.Id).ExecuteDeleteAsync();
        });
        var fault = Assert.Single(await FaultsAsync(panel));
        Assert.Equal((panel.TenantId, "matter.missing"), (fault.Stream, fault.Code));
        Assert.Contains("2014-0002", fault.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_committees_own_history_is_watched_too(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        for (var i = 0; i < 3; i++)
            await ChangeAsync(panel, async db =>
            {
                await panel.Get<CommitteeHistory>().AppendAsync(db, People.Leader, "adoptRules", new { version = i }, CancellationToken.None);
                await db.SaveChangesAsync();
            });
        await ChangeAsync(panel, db => db.History.Where(h => h.Sequence == 3).ExecuteDeleteAsync());
        Assert.Equal((panel.TenantId, 3, "tail.missing"), await OnlyFaultAsync(panel));
        await ChangeAsync(panel, db => db.History.Where(h => h.Sequence == 1).ExecuteUpdateAsync(s => s.SetProperty(h => h.ActorName, "某人")));
        Assert.Equal((panel.TenantId, 1, "row.edited"), await OnlyFaultAsync(panel));
    }

    private static async Task ChangeAsync(TestPanel panel, Func<PanelDb, Task> change)
    {
        await using var db = panel.Open();
        await change(db);
    }

    private static async Task<IReadOnlyList<AuditFault>> FaultsAsync(TestPanel panel)
    {
        await using var db = panel.Open();
        return (await AuditCheck.RunAsync(db, CancellationToken.None)).Faults;
    }

    private static async Task<(Guid, int, string)> OnlyFaultAsync(TestPanel panel)
    {
        var fault = Assert.Single(await FaultsAsync(panel));
        return (fault.Stream, fault.Sequence, fault.Code);
    }
}
