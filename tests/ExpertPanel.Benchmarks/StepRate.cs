using System.Diagnostics;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Benchmarks;

/// <summary>Committed route steps per second beside the same database doing one bare single-row insert-and-commit per step.</summary>
internal static class StepRate
{
    private static readonly Actor Clerk = Of("clerk", Role.RegistryClerk);
    private static readonly Actor Handler = Of("handler", Role.CaseHandler);
    private static readonly Actor Head = Of("head", Role.DivisionHead);
    private static readonly Actor Leader = Of("leader", Role.Leader);
    private static readonly Actor Document = Of("document", Role.DocumentClerk);
    private static readonly Actor Archivist = Of("archivist", Role.Archivist);

    public static async Task<object> MeasureAsync(string provider, BenchDatabase database, int callers, int steps)
    {
        await WholeWayAsync(database); // Warm.
        var bare = await BareInsertsAsync(database, callers, steps);
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (count < steps / callers) count += await WholeWayAsync(database);
            return count;
        })));
        var rate = done.Sum() / watch.Elapsed.TotalSeconds;
        return new { what = "steps", provider, callers, steps = done.Sum(), stepsPerSecond = Math.Round(rate), bareInsertsPerSecond = Math.Round(bare), ratio = Math.Round(rate / bare, 3) };
    }

    /// <returns>How many steps were committed.</returns>
    private static async Task<int> WholeWayAsync(BenchDatabase database)
    {
        var steps = 0;
        var registered = await RunAsync(null, new RegisterMatter(
            "关于示例事项的请示", MatterType.LegalInstrument, "示例单位", null, "联系人", null, null, IntakeChannel.Web,
            TimeProvider.System.GetUtcNow(), SecrecyLevel.Open, true, UrgencyLevel.Normal), Clerk);
        await RunAsync(registered, new StartPreCheck(), Handler);
        await RunAsync(registered, new RecordPreCheck(true, true, true, true), Handler);
        await RunAsync(registered, new AcceptMatter(), Head);
        await RunAsync(registered, new AssignMatter(Leader.Person, "一处", Handler.Person), Head);
        await RunAsync(registered, new RecordFindings("合法", "合法", "合法"), Handler);
        await RunAsync(registered, new DraftWithoutExperts("事实清楚、争议不大"), Handler);
        await RunAsync(registered, new SaveDraft("示例单位", "送审情况", ["《民法典》"], "合法", "合法", "合法", ReviewConclusion.Lawful), Handler);
        await RunAsync(registered, new SubmitDraft(), Handler);
        await RunAsync(registered, new VerifyDraft(), Head);
        await RunAsync(registered, new SignOpinion(), Leader);
        await RunAsync(registered, new IssueOpinion(), Document);
        await RunAsync(registered, new ConfirmDelivery("联系人"), Document);
        await RunAsync(registered, new RecordFeedback(AdoptionKind.Adopted), Handler);
        await RunAsync(registered, new CloseMatter(), Handler);
        await RunAsync(registered, new ArchiveMatter(RetentionTerm.TenYears), Archivist);
        return steps;

        async Task<Guid?> RunAsync(Guid? id, MatterCommand command, Actor actor)
        {
            var result = await database.Runner.RunAsync(database.TenantId, id, command, actor, null, CancellationToken.None);
            if (result.Refusal is { } refusal) throw new InvalidOperationException($"{command.Name}: {refusal.Code}");
            steps++;
            return result.Matter?.Id;
        }
    }

    public static async Task<double> BareInsertsAsync(BenchDatabase database, int callers, int count)
    {
        await using (var db = database.Databases.CreateOwner())
            await db.Database.ExecuteSqlAsync($"CREATE TABLE IF NOT EXISTS bare (id varchar(36) PRIMARY KEY, body text NOT NULL)");
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            await using var db = database.Databases.CreateOwner();
            var connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync();
            for (var i = 0; i < count / callers; i++)
            {
                using var turn = await database.Databases.Gate.EnterAsync(CancellationToken.None);
                await using var insert = connection.CreateCommand();
                insert.CommandText = "INSERT INTO bare (id, body) VALUES (@id, @body)";
                Add(insert, "@id", Guid.CreateVersion7().ToString());
                Add(insert, "@body", "a row as short as a row can be");
                await insert.ExecuteNonQueryAsync();
            }
        })));
        return count / callers * callers / watch.Elapsed.TotalSeconds;
    }

    private static void Add(System.Data.Common.DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static Actor Of(string id, Role role) => new(id, id, new HashSet<Role> { role }, "cli", "一处");
}
