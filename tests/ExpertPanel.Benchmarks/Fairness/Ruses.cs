using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Benchmarks.Fairness;

/// <summary>What one of the equals does through the year to be drawn for a target matter.</summary>
internal enum Ruse
{
    /// <summary>Takes every matter he is drawn for.</summary>
    Honest,
    /// <summary>Declines, stays silent or steps back whenever drawn before the target.</summary>
    Declines,
    /// <summary>Strikes the specialty, or goes on leave, and is back just before the target.</summary>
    KeepsAway,
    /// <summary>The same, but only after having been drawn once.</summary>
    KeepsAwayLater,
}

/// <summary>The chance on the target matter of one of the equals, beside that of an equal share.</summary>
internal sealed record RuseFigures(Ruse Ruse, bool ByRule, double Chance, double EqualShare);

/// <summary>One expert's ruses against the rules of <see cref="InvitationLoad"/>; without the rules, as a check that the ruse would pay.</summary>
internal static class Ruses
{
    /// <param name="before">How many draws the year has before the target.</param>
    /// <param name="byRule">Declined invitations count and who arrives is levelled up; otherwise neither.</param>
    public static RuseFigures Measure(Ruse ruse, bool byRule, int experts, int before, int years, IReadOnlyList<int> tickets, SeededChance chance)
    {
        var total = 0.0;
        var draw = FairYears.ByDistribution(tickets, 2, chance);
        for (var year = 0; year < years; year++) total += ChanceOnTarget(ruse, byRule, experts, before, tickets, draw);
        return new(ruse, byRule, Math.Round(total / years, 5), Math.Round(1.0 / experts, 5));
    }

    private static double ChanceOnTarget(Ruse ruse, bool byRule, int experts, int before, IReadOnlyList<int> tickets, Func<int[], IReadOnlyList<int>> draw)
    {
        var loads = new int[experts]; // The first is the one with the ruse.
        var away = false;
        for (var i = 0; i < before; i++)
        {
            away = ruse == Ruse.KeepsAway || (ruse == Ruse.KeepsAwayLater && loads[0] > 0);
            var order = away ? [.. draw(loads[1..]).Select(one => one + 1)] : draw(loads);
            var invited = order[0];
            if (invited == 0 && ruse == Ruse.Declines)
            {
                if (byRule) loads[0]++;
                invited = order[1]; // The next in the same order takes the seat.
            }

            loads[invited]++;
        }

        var back = new DateTimeOffset(2014, 12, 31, 0, 0, 0, TimeSpan.FromHours(8));
        if (byRule && away)
            loads[0] = InvitationLoad.Counted([.. Enumerable.Repeat(back.AddDays(-90), loads[0])], [new(back, loads.Skip(1).Sum(), experts - 1)]);
        var fewest = loads.Min();
        return (double)FairYears.TicketsOf(loads[0] - fewest, tickets) / loads.Sum(load => FairYears.TicketsOf(load - fewest, tickets));
    }
}
