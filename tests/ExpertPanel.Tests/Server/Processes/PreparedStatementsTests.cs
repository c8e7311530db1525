using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>The writing connection keeps its statements; nobody who asks may notice.</summary>
public sealed class PreparedStatementsTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task A_kept_statement_answers_each_question_for_itself_also_one_that_is_asked_while_it_is_read(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, experts: 30);
        List<string> numbers;
        await using (var db = panel.Open()) numbers = await db.Experts.OrderBy(e => e.BankNumber).Select(e => e.BankNumber).ToListAsync();

        using (await panel.Databases.Gate.EnterAsync(CancellationToken.None))
        {
            await using var db = await panel.Databases.CreateWriterAsync(panel.TenantId, CancellationToken.None);
            foreach (var number in numbers) Assert.Equal(number, await db.Experts.Where(e => e.BankNumber == number).Select(e => e.BankNumber).SingleAsync());
            var missing = (string?)null;
            Assert.Empty(await db.Experts.Where(e => e.Mobile == missing && e.BankNumber == "none").ToListAsync());
            if (on == DatabaseKind.Sqlite) // PostgreSQL reads one answer at a time on a connection.
            {
                var pairs = new List<(string, string)>();
                await foreach (var one in From(db, numbers.Count - 3).AsAsyncEnumerable())
                    await foreach (var other in From(db, numbers.Count - 2).AsAsyncEnumerable()) pairs.Add((one, other));
                Assert.Equal([.. from one in numbers.TakeLast(3) from other in numbers.TakeLast(2) select (one, other)], pairs);
            }
        }

        static IQueryable<string> From(PanelDb db, int place) => db.Experts.OrderBy(e => e.BankNumber).Select(e => e.BankNumber).Skip(place);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_committees_answer_is_never_kept_for_another_and_what_was_given_back_is_gone(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on, experts: 30);
        Assert.Equal(30, await CountAsync(panel, panel.TenantId));
        Assert.Equal(0, await CountAsync(panel, Guid.CreateVersion7()));
        Assert.Equal(30, await CountAsync(panel, panel.TenantId));

        using (await panel.Databases.Gate.EnterAsync(CancellationToken.None))
        {
            await using var db = await panel.Databases.CreateWriterAsync(panel.TenantId, CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            Assert.True(await StepStatementsAsync(db));
        }

        Assert.Equal(30, await CountAsync(panel, panel.TenantId));
        await using var after = panel.Open();
        Assert.Equal(0, await after.NumberSeries.CountAsync(s => s.Code == "test"));
    }

    private static async Task<bool> StepStatementsAsync(PanelDb db)
    {
        Assert.False(await StepStatements.CountOnAsync(db, "test", 2014, CancellationToken.None));
        db.NumberSeries.Add(new() { Code = "test", Year = 2014, Last = 1 });
        await db.SaveChangesAsync();
        return await StepStatements.CountOnAsync(db, "test", 2014, CancellationToken.None) && await StepQueries.LastNumberAsync(db, "test", 2014) == 2;
    }

    private static async Task<int> CountAsync(TestPanel panel, Guid tenant)
    {
        using var turn = await panel.Databases.Gate.EnterAsync(CancellationToken.None);
        await using var db = await panel.Databases.CreateWriterAsync(tenant, CancellationToken.None);
        return await db.Experts.CountAsync();
    }
}
