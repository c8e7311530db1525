using System.Text.Json;
using ExpertPanel.Benchmarks;
using ExpertPanel.Benchmarks.Fairness;

// One command, JSON out, each ratio measured in one run:
// dotnet run -c Release --project tests/ExpertPanel.Benchmarks -- [--steps N] [--db URL] [--only steps|year|mail|send|draw [--years N]] [--only fuzz --inputs N]
var steps = args.SkipWhile(a => a != "--steps").Skip(1).Select(int.Parse).FirstOrDefault(2000);
var years = args.SkipWhile(a => a != "--years").Skip(1).Select(int.Parse).FirstOrDefault(1000);
var url = args.SkipWhile(a => a != "--db").Skip(1).FirstOrDefault();
var only = args.SkipWhile(a => a != "--only").Skip(1).FirstOrDefault();
var inputs = args.SkipWhile(a => a != "--inputs").Skip(1).Select(int.Parse).FirstOrDefault(100_000);
List<object> results = [];
if (only is null or "draw")
{
    int[] byDefault = [25, 5, 1];
    int[][] rules = [[16, 4, 1], byDefault, [64, 16, 4, 1]];
    foreach (var tickets in rules) results.Add(DrawRate.Measure(370, tickets, draws: 1000));
    results.Add(DrawRate.Measure(100_000, byDefault, draws: 5));
    results.Add(OddsRate.Measure());
    if (only is not null)
    {
        results.AddRange(FairnessStudy.Measure(years));
        results.AddRange(FairnessStudy.ByEngine(byDefault));
        results.AddRange(FairnessStudy.OfRuses(byDefault, years));
    }
}

if (only is "fuzz") results.Add(await MailFuzz.MeasureAsync(inputs));

if (only is null or "steps" or "year")
{
    await using var sqlite = await BenchDatabase.SqliteAsync();
    if (only is not "year")
        foreach (var callers in new[] { 1, 8 })
            results.Add(await StepRate.MeasureAsync("sqlite", sqlite, callers, steps));
    if (only is not "steps") results.Add(await YearRate.MeasureAsync(sqlite, matters: 216));
}

if (only is null or "mail") results.Add(await MailRate.MeasureAsync(replies: 300));
if (only is null or "send")
    foreach (var durableSink in new[] { true, false })
        results.Add(await SendRate.MeasureAsync(letters: 300, durableSink));

if (only is null or "steps" && url is not null)
{
    await using var postgres = await BenchDatabase.PostgresAsync(url);
    foreach (var callers in new[] { 1, 8 })
        results.Add(await StepRate.MeasureAsync("postgresql", postgres, callers, steps));
}

Console.WriteLine(JsonSerializer.Serialize(new { schema = "expertpanel.benchmarks/1", results }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
