using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reports;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Cli;

/// <summary><c>report --year Y [--committee CODE] [--format json,xlsx] [--output FILE]</c> (CONTRACTS section 4).</summary>
internal static class ReportVerb
{
    private const string Province = "620000";

    private static readonly JsonSerializerOptions Readable = new(MatterCommands.Json) { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--year", "--committee", "--format", "--output", "--db");
        var year = arguments.Year("--year");
        var formats = (arguments["--format"] ?? "json").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        foreach (var unknown in formats.Except(["json", "xlsx"])) arguments.Problem("--format", $"'{unknown}' is none; expected json, xlsx or both");
        if (formats.Contains("xlsx") && arguments["--output"] is null) arguments.Problem("--output", "is missing; expected a file for the xlsx");
        arguments.MustBeSound();

        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var databases = host.Services.GetRequiredService<PanelDbFactory>();
        var committee = await VerbHost.CommitteeAsync(databases, arguments["--committee"] ?? Province, cancellationToken);
        var today = ChinaTime.LocalDate(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
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
