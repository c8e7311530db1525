using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

public sealed class AllOrNothingTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task A_refused_step_leaves_nothing(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.ExpertConsultingAsync(panel);
        var (rows, row) = (await RowsAsync(panel), await RowAsync(panel, matter.Id));

        Assert.Equal("state-secret", (await panel.RunAsync(null, Stage.Registration("机密★10年"), People.Clerk)).Refusal?.Code.Split('.')[1]);
        Assert.Equal("round.still-open", (await panel.RunAsync(matter.Id, new CloseRound(), People.Secretariat)).Refusal?.Code);
        Assert.Equal("stage.not-here", (await panel.RunAsync(matter.Id, new ExpertPanel.Workflows.Reviews.IssueOpinion(), People.Document)).Refusal?.Code);

        Assert.Equal(rows, await RowsAsync(panel));
        Assert.Equal((row.State, row.Version, row.HistoryHead), Proof(await RowAsync(panel, matter.Id)));
        // The number that the refused registration had taken is given to the next.
        Assert.Equal("620000-2014-0002", (await Stage.RegisteredAsync(panel)).Number);
    }

    /// <summary>The disk says no at each table that a draw writes, in turn. Whatever fails, nothing of the step is there.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "history")]
    [InlineData(DatabaseKind.Sqlite, "timers")]
    [InlineData(DatabaseKind.Sqlite, "letters")]
    [InlineData(DatabaseKind.Sqlite, "invitations")]
    [InlineData(DatabaseKind.Sqlite, "matters")]
    [InlineData(DatabaseKind.Sqlite, "draws")]
    [InlineData(DatabaseKind.Postgres, "history")]
    [InlineData(DatabaseKind.Postgres, "timers")]
    [InlineData(DatabaseKind.Postgres, "letters")]
    [InlineData(DatabaseKind.Postgres, "invitations")]
    [InlineData(DatabaseKind.Postgres, "matters")]
    [InlineData(DatabaseKind.Postgres, "draws")]
    public async Task A_write_that_fails_undoes_the_whole_draw(DatabaseKind on, string table)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.AwaitingLastShareAsync(panel);
        var (rows, row) = (await RowsAsync(panel), await RowAsync(panel, matter.Id));
        var draw = Shares.Reveal(ShareSide.Secretariat);
        await RefuseWritesAsync(panel, table);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => panel.RunAsync(matter.Id, draw, People.Secretariat, "form-1"));
        Assert.Equal(rows, await RowsAsync(panel));
        Assert.Equal((row.State, row.Version, row.HistoryHead), Proof(await RowAsync(panel, matter.Id)));
        await IntactAsync(panel);

        await AllowWritesAsync(panel, table);
        Assert.Equal("expertConsulting", (await panel.RunAsync(matter.Id, draw, People.Secretariat, "form-1")).Matter?.Stage);
        await IntactAsync(panel);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "history")]
    [InlineData(DatabaseKind.Sqlite, "timers")]
    [InlineData(DatabaseKind.Sqlite, "matters")]
    [InlineData(DatabaseKind.Postgres, "history")]
    [InlineData(DatabaseKind.Postgres, "timers")]
    [InlineData(DatabaseKind.Postgres, "matters")]
    public async Task A_registration_that_fails_gives_its_number_back(DatabaseKind on, string table)
    {
        await using var panel = await PanelAsync(on);
        await RefuseWritesAsync(panel, table);
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => panel.RunAsync(null, Stage.Registration(), People.Clerk));
        Assert.All((await RowsAsync(panel)).Values, count => Assert.Equal(0, count));
        await AllowWritesAsync(panel, table);
        Assert.Equal("620000-2014-0001", (await Stage.RegisteredAsync(panel)).Number);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_question_whose_answer_could_not_be_written_is_asked_again(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await Stage.ExpertConsultingAsync(panel);
        panel.Clock.SetUtcNow(new(2014, 9, 29, 2, 0, 0, TimeSpan.Zero));
        await RefuseWritesAsync(panel, "letters");
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => panel.Timers.FireDueAsync(100, CancellationToken.None));
        await AllowWritesAsync(panel, "letters");
        await panel.Timers.FireDueAsync(100, CancellationToken.None);

        await using var db = panel.Open();
        Assert.Equal(3, await db.Letters.CountAsync(l => l.Kind == LetterKinds.ConsultationReminder));
    }

    private static (string, int, string) Proof(MatterRow row) => (row.State, row.Version, row.HistoryHead);

    private static async Task RefuseWritesAsync(TestPanel panel, string table)
    {
        await using var db = panel.Databases.CreateOwner();
        string[] statements = db.Database.IsSqlite()
            ?
            [
                $"CREATE TRIGGER refuse_insert BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'the disk says no'); END",
                $"CREATE TRIGGER refuse_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the disk says no'); END",
            ]
            :
            [
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk says no'; END $$",
                $"CREATE TRIGGER refuse_write BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
            ];
        await ExecuteAsync(db, statements);
    }

    private static async Task AllowWritesAsync(TestPanel panel, string table)
    {
        await using var db = panel.Databases.CreateOwner();
        await ExecuteAsync(db, db.Database.IsSqlite() ? ["DROP TRIGGER refuse_insert", "DROP TRIGGER refuse_update"] : [$"DROP TRIGGER refuse_write ON {table}", "DROP FUNCTION refuse"]);
    }

    private static async Task ExecuteAsync(PanelDb db, IEnumerable<string> statements)
    {
        await db.Database.OpenConnectionAsync();
        foreach (var statement in statements)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Table names from the test itself; DDL takes no parameters.
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }
}
