using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reports;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Cli;

/// <summary><c>report --year Y [--of fairness] [--committee CODE] [--format json,xlsx] [--output FILE]</c> (CONTRACTS section 4).</summary>
internal static class ReportVerb
{
    private const string Province = "620000";

    private static readonly JsonSerializerOptions Readable = new(MatterCommands.Json) { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--year", "--of", "--committee", "--format", "--output", "--db");
        var year = arguments.Year("--year");
        var formats = (arguments["--format"] ?? "json").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        foreach (var unknown in formats.Except(["json", "xlsx"])) arguments.Problem("--format", $"'{unknown}' is none; expected json, xlsx or both");
        var fairness = arguments["--of"] == "fairness";
        if (arguments["--of"] is { } of && !fairness) arguments.Problem("--of", $"'{of}' is none; expected fairness, or nothing for the annual figures");
        if (fairness && formats.Contains("xlsx")) arguments.Problem("--format", "is json alone for fairness");
        if (formats.Contains("xlsx") && arguments["--output"] is null) arguments.Problem("--output", "is missing; expected a file for the xlsx");
        arguments.MustBeSound();

        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var databases = host.Services.GetRequiredService<PanelDbFactory>();
        var committee = await VerbHost.CommitteeAsync(databases, arguments["--committee"] ?? Province, cancellationToken);
        var today = ChinaTime.LocalDate(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (fairness)
        {
            await using var db = databases.Create(committee.Id);
            var shares = await FairnessReport.OfAsync(db, host.Services.GetRequiredService<HeldDraws>(), new(year, 1, 1), new(year, 12, 31), cancellationToken);
            if (arguments["--output"] is { } path) await WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(shares, Readable), cancellationToken);
            else if (arguments.Json || arguments["--format"] is not null) await output.WriteLineAsync(JsonSerializer.Serialize(shares, Readable));
            else await SayAsync(output, shares, committee);
            return Verbs.Done;
        }

        var report = await AnnualFigures.OfAsync(databases, committee, year, today, cancellationToken);
        var json = JsonSerializer.Serialize(report, Readable);
        if (arguments["--output"] is { } file)
            foreach (var format in formats)
                await WriteAsync(formats.Count == 1 ? file : Path.ChangeExtension(file, format), format == "json" ? Encoding.UTF8.GetBytes(json) : report.ToExcel(committee.OfficeName), cancellationToken);
        else if (arguments.Json || arguments["--format"] is not null) await output.WriteLineAsync(json);
        else await SayAsync(output, report, committee);
        return Verbs.Done;
    }

    private static async Task SayAsync(TextWriter output, AnnualFigures report, CommitteeRow committee)
    {
        await output.WriteLineAsync($"{committee.OfficeName} {report.Year} 年（截至 {report.AsOf.Iso()}）");
        foreach (var figure in report.Figures) await output.WriteLineAsync($"  {figure.Label}：{figure.Value} {figure.Unit}（{figure.Id}；{figure.Definition}）");
    }

    private static async Task SayAsync(TextWriter output, FairnessReport report, CommitteeRow committee)
    {
        await output.WriteLineAsync($"{committee.OfficeName} {report.From.Iso()} 至 {report.To.Iso()}：抽取 {report.Draws} 次");
        foreach (var s in report.Specialties)
            await output.WriteLineAsync(FormattableString.Invariant(
                $"  {s.Specialty ?? "全库"}：{s.Invitations.People} 名，邀请 {s.Invitations.Total} 次（最少 {s.Invitations.Fewest}、最多 {s.Invitations.Most}、基尼 {s.Invitations.Gini:0.000}），意见 {s.Opinions.Total} 份，应中 {s.Expected:0.0}、实中 {s.Seated}"));
        foreach (var zero in report.ZeroChances) await output.WriteLineAsync($"  注意：{zero.Matter} 中 {zero.BankNumber} 有资格而无机会");
    }

    private static async Task WriteAsync(string file, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file, content, cancellationToken);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VerbRefusedException($"--output: {file} can't be written ({trouble.Message}); expected a file in a folder that exists");
        }
    }
}
