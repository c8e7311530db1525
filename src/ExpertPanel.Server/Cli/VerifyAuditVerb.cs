using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Cli;

/// <summary>
/// <c>verify-audit [--from FILE] [--committee CODE]</c>: every chain of the history, or of one committee. A file is checked as a copy, so that
/// looking leaves no trace on it.
/// </summary>
internal static class VerifyAuditVerb
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--from", "--committee", "--db");
        if (arguments["--from"] is not null && arguments["--db"] is not null) arguments.Problem("--from", "and --db exclude each other");
        if (arguments["--from"] is { Length: > 0 } file && !File.Exists(file)) arguments.Problem("--from", $"there is no file '{file}'");
        arguments.MustBeSound();

        using var copy = arguments["--from"] is { } from ? await CopyAsync(from, cancellationToken) : null;
        using var host = VerbHost.Build(copy?.ConnectionString ?? arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var databases = host.Services.GetRequiredService<PanelDbFactory>();
        var results = new List<(CommitteeRow Committee, AuditReport Report)>();
        foreach (var committee in await CommitteesAsync(databases, arguments["--committee"], cancellationToken))
        {
            await using var db = databases.Create(committee.Id);
            results.Add((committee, await AuditCheck.RunAsync(db, cancellationToken)));
        }

        var intact = results.All(r => r.Report.Intact);
        if (arguments.Json) await VerbHost.AnswerAsync(output, Answer(results, intact));
        else await SayAsync(output, results, intact);
        return intact ? Verbs.Done : Verbs.Differs;
    }

    private static async Task<SqliteCopy> CopyAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteCopy.OfAsync(file, cancellationToken);
        }
        catch (DatabaseCopyException refused)
        {
            throw new VerbRefusedException($"--from: {refused.Message}");
        }
    }

    private static async Task<IReadOnlyList<CommitteeRow>> CommitteesAsync(PanelDbFactory databases, string? code, CancellationToken cancellationToken)
    {
        if (code is not null) return [await VerbHost.CommitteeAsync(databases, code, cancellationToken)];
        await using var db = databases.Create(Guid.Empty);
        return await db.Committees.AsNoTracking().OrderBy(c => c.Order).ThenBy(c => c.Code).ToListAsync(cancellationToken);
    }

    private static object Answer(List<(CommitteeRow Committee, AuditReport Report)> results, bool intact) => new
    {
        schema = "expertpanel.verify-audit/1",
        audit = intact ? "intact" : "broken",
        rows = results.Sum(r => r.Report.Rows),
        committees = results.Where(r => r.Report.Rows > 0 || !r.Report.Intact).Select(r => new
        {
            r.Committee.Code,
            r.Report.Streams,
            r.Report.Rows,
            faults = r.Report.Faults.Select(f => new { stream = f.Stream, f.Sequence, f.Code, f.Message }),
        }),
    };

    private static async Task SayAsync(TextWriter output, List<(CommitteeRow Committee, AuditReport Report)> results, bool intact)
    {
        foreach (var (committee, report) in results.Where(r => !r.Report.Intact))
        {
            var first = report.Faults[0];
            await output.WriteLineAsync($"{committee.Code}: {first.Code}: {first.Stream} 第 {first.Sequence} 条 / row {first.Sequence}: {first.Message}（共 {report.Faults.Count} 处 / {report.Faults.Count} in all）");
        }

        if (intact) await output.WriteLineAsync($"完整 / intact: {results.Sum(r => r.Report.Rows)} 条记录 / rows, {results.Sum(r => r.Report.Streams)} 条链 / chains");
    }
}
