using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ExpertPanel.Server.Simulation;

namespace ExpertPanel.Server.Cli;

/// <summary><c>simulate --year 2014 --matters 216 --experts 370 --seats 17 --seed 1 [--db URL] [--json]</c> (CONTRACTS section 3).</summary>
public static class SimulateVerb
{
    private const int BadInput = 2;
    private const int Stuck = 4;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var (order, asJson, problems) = Read(args);
        foreach (var problem in problems) await error.WriteLineAsync(problem);
        if (order is null) return BadInput;
        try
        {
            var report = await YearSimulation.RunAsync(order, ct);
            await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, Json) : Text(report));
            return report is { Stuck: 0, Audit: "intact" } ? 0 : Stuck;
        }
        catch (SimulationRefusedException refused)
        {
            await error.WriteLineAsync($"--db: {refused.Message}");
        }
        catch (ArgumentException) when (order.Database is not null)
        {
            await error.WriteLineAsync("--db: expected an ADO.NET connection string (Data Source=… or Host=…)");
        }
        catch (DbException broken)
        {
            await error.WriteLineAsync($"--db: the database did not answer as expected: {broken.Message.ReplaceLineEndings(" ")}");
        }

        return BadInput;
    }

    private static (SimulationOrder? Order, bool AsJson, List<string> Problems) Read(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        var asJson = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json") asJson = true;
            else if (args[i] is "--year" or "--matters" or "--experts" or "--seats" or "--seed" or "--db" && i + 1 < args.Length) given[args[i]] = args[++i];
            else problems.Add($"{args[i]}: unknown or without a value; expected --year, --matters, --experts, --seats, --seed, --db, --json");
        }

        var year = Number("--year", 2014, 2004, 2100);
        var matters = Number("--matters", 216, 1, 100_000);
        var experts = Number("--experts", 370, 10, 100_000);
        var seats = Number("--seats", 17, 1, experts);
        var seed = Number("--seed", 1, 0, int.MaxValue);
        var order = new SimulationOrder(year, matters, experts, seats, seed, given.GetValueOrDefault("--db"));
        return (problems.Count == 0 ? order : null, asJson, problems);

        int Number(string name, int otherwise, int least, int most)
        {
            if (!given.TryGetValue(name, out var text)) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            problems.Add($"{name}: '{text}' is not a whole number from {least} to {most}");
            return otherwise;
        }
    }

    private static string Text(SimulationReport r) =>
        $"""
        {r.Year} 年：登记 {r.Matters.Registered} 件，办结 {r.Matters.Closed} 件，不予受理 {r.Matters.Declined} 件，撤回 {r.Matters.Withdrawn} 件，未结 {r.Matters.Open} 件
        专家 {r.Experts} 名（委员 {r.Seats} 名）；发函 {r.Invitations.Sent}，接受 {r.Invitations.Accepted}，谢绝 {r.Invitations.Declined}，逾期 {r.Invitations.Lapsed}，回避 {r.Invitations.Recused}
        意见：网页 {r.Opinions.Web}，邮件 {r.Opinions.Mail}；信函 {r.Letters.Sent} 封，待定邮件 {r.Held} 封，意见书 {r.Documents.Issued} 份
        {r.Steps} 步，{r.Seconds} 秒，每秒 {r.StepsPerSecond} 步；办理记录 {r.Audit}；停滞 {r.Stuck} 件
        """;
}
