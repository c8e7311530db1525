using System.Diagnostics;
using ExpertPanel.Workflows.Conflicts;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Conflicts;

public sealed class PlantedConflictTests(ITestOutputHelper output)
{
    private const int PerCategory = 1_000;
    private const int Innocents = 20_000;

    [Fact]
    public void No_planted_conflict_is_clear()
    {
        var pairs = new PlantedConflicts(seed: 20150420);
        var missed = new List<string>();
        var total = 0;
        var certain = 0;
        foreach (var category in PlantedConflicts.Categories)
        {
            var sure = 0;
            for (var i = 0; i < PerCategory; i++)
            {
                var pair = pairs.Planted(category);
                var found = new ConflictScreen(pair.Matter, pair.Table).Screen(pair.Expert).Findings.Where(f => f.Interest == pair.Planted).ToList();
                if (found.Count == 0) missed.Add($"{category}: {pair.Planted} / {pair.Expert}, {string.Join('、', pair.Expert.FormerEmployers)}");
                if (found.Any(f => f.Certainty == Certainty.Certain)) sure++;
            }

            output.WriteLine($"{category,-36} {PerCategory} planted, {sure} certain, the rest near");
            (total, certain) = (total + PerCategory, certain + sure);
        }

        output.WriteLine($"planted {total}: certain {certain} ({100.0 * certain / total:0.0} %), near {total - certain - missed.Count}, clear {missed.Count}");
        Assert.True(total >= 10_000);
        Assert.Empty(missed.Take(20));
    }

    [Fact]
    public void Innocent_pairs_raise_few_false_alarms()
    {
        var pairs = new PlantedConflicts(seed: 62);
        var alarms = Alarms(pairs.Innocent, Innocents);
        var hard = Alarms(pairs.HardInnocent, Innocents);
        Assert.True(alarms <= Innocents * 0.005, $"{alarms} of {Innocents}");
        Assert.True(hard <= Innocents * 0.02, $"{hard} of {Innocents}");
    }

    [Fact]
    public void A_bank_of_370_is_screened_within_a_few_milliseconds()
    {
        var pairs = new PlantedConflicts(seed: 370);
        var matter = pairs.Innocent().Matter;
        var experts = Enumerable.Range(0, 370).Select(_ => pairs.Innocent().Expert).ToList();
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 20; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var screen = new ConflictScreen(matter, OrganisationTable.Empty);
            Assert.InRange(experts.Count(e => screen.Screen(e).Findings.Count > 0), 0, 20);
            var took = Stopwatch.GetElapsedTime(started);
            if (took < best) best = took;
        }

        output.WriteLine($"370 experts against one matter: {best.TotalMilliseconds:0.00} ms (best of 20)");
        Assert.True(best < TimeSpan.FromMilliseconds(50), $"{best}");
    }

    private int Alarms(Func<Pair> next, int count)
    {
        var alarms = 0;
        for (var i = 0; i < count; i++)
        {
            var pair = next();
            var findings = new ConflictScreen(pair.Matter, pair.Table).Screen(pair.Expert).Findings;
            if (findings.Count == 0) continue;
            if (alarms++ < 10) output.WriteLine($"  {findings[0].Certainty}: {findings[0].Evidence}");
        }

        output.WriteLine($"{alarms} of {count} pairs raised an alarm ({100.0 * alarms / count:0.000} %)");
        return alarms;
    }
}
