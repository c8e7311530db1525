using System.Text.Json;
using ExpertPanel.Benchmarks;

// One command, JSON out, each ratio measured in one run: dotnet run -c Release --project tests/ExpertPanel.Benchmarks -- [--steps N] [--db URL]
var steps = args.SkipWhile(a => a != "--steps").Skip(1).Select(int.Parse).FirstOrDefault(2000);
var url = args.SkipWhile(a => a != "--db").Skip(1).FirstOrDefault();
List<object> results = [OddsRate.Measure()];
await using (var sqlite = await BenchDatabase.SqliteAsync())
{
    foreach (var callers in new[] { 1, 8 })
        results.Add(await StepRate.MeasureAsync("sqlite", sqlite, callers, steps));
    results.Add(await YearRate.MeasureAsync(sqlite, matters: 216));
}

if (url is not null)
{
    await using var postgres = await BenchDatabase.PostgresAsync(url);
    foreach (var callers in new[] { 1, 8 })
        results.Add(await StepRate.MeasureAsync("postgresql", postgres, callers, steps));
}

Console.WriteLine(JsonSerializer.Serialize(new { schema = "expertpanel.benchmarks/1", results }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
