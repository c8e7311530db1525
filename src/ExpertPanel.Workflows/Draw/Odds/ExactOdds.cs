using System.Numerics;

namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// Chances without replays. Experts who fit the same seats are a class. As long as an employer who can stand in anybody's way
/// has experts of one class only, whoever can be seated at his turn is seated, and whether he can depends only on how many of
/// each class came before him (the panels are the bases of a gammoid, and the first basis in an order is found greedily). How
/// many came before a moment of the race is independent from class to class, so a chance is one integral over the moment of
/// the expert's number. It is taken by the trapezoidal rule over the moment's logarithm, which converges faster than any power
/// of the step; tests hold it to the sum over all orders to ten digits.
/// </summary>
internal sealed class ExactOdds
{
    /// <summary>Beyond so many combinations of counts the replays are quicker.</summary>
    private const int MostStates = 4096;

    private const int MostClasses = 10;

    /// <summary>Every group of equals counts every limited employer at every moment.</summary>
    private const int MostCountings = 20_000;
    private const double Step = 1.0 / 16;

    /// <summary>The race's beginning and end: what lies outside is less than 1e-15 of any chance.</summary>
    private static readonly (double From, double To) Logarithms = (Math.Log(1e-15), Math.Log(40));

    private readonly DrawnOrder _experts;
    private readonly EqualExperts _equals;
    private readonly int[] _tickets;
    private readonly SeatClass[] _classes;
    private readonly int[] _strides;
    private readonly int _states;

    private ExactOdds(DrawnOrder experts, EqualExperts equals, int[] tickets, SeatClass[] classes)
    {
        (_experts, _equals, _tickets, _classes) = (experts, equals, tickets, classes);
        _strides = new int[classes.Length];
        _states = 1;
        for (var i = 0; i < classes.Length; i++)
        {
            _strides[i] = _states;
            _states *= classes[i].Most + 1;
        }
    }

    /// <summary>The chance of each group of equals, or nothing where only replays help. The seats must be fillable.</summary>
    public static double[]? Of(DrawnOrder experts, EqualExperts equals, int[] tickets)
    {
        var people = Enumerable.Range(0, experts.Count).ToLookup(one => experts.Seats[one]);
        var isMixed = people.SelectMany(fitting => fitting.Select(one => experts.Employers[one]).Where(equals.Limited.Contains).Distinct())
            .CountBy(employer => employer).Any(employer => employer.Value > 1);
        if (isMixed || people.Count > MostClasses || (long)equals.Count * equals.Limited.Count > MostCountings)
            return null;
        SeatClass[] classes = [.. people.Select(fitting => SeatClass.Of(fitting.Key, [.. fitting], experts, equals, tickets))];
        return classes.Aggregate(1L, (states, one) => Math.Min(MostStates + 1, states * (one.Most + 1))) > MostStates
            ? null
            : new ExactOdds(experts, equals, tickets, classes).Integrate();
    }

    private double[] Integrate()
    {
        var chances = new double[_equals.Count];
        bool[][] open = [.. Enumerable.Range(0, _classes.Length).Select(OpenFor)];
        for (var logarithm = Logarithms.From; logarithm < Logarithms.To; logarithm += Step)
        {
            var moment = Math.Exp(logarithm);
            double[][] counts = [.. _classes.Select(one => one.Counts(moment))];
            double[][] openAt = [.. open.Select((states, one) => OpenAt(states, one, counts))];
            for (var group = 0; group < chances.Length; group++)
            {
                var expert = _equals.First(group);
                var mine = Array.FindIndex(_classes, one => one.Seats == _experts.Seats[expert]);
                var others = _classes[mine].CountsWithout(expert, moment);
                var chance = 0.0;
                for (var count = 0; count < others.Length; count++)
                    chance += others[count] * openAt[mine][count];
                chances[group] += chance * Step * moment * _tickets[expert] * Math.Exp(-_tickets[expert] * moment);
            }
        }

        return [.. chances.Select(chance => Math.Clamp(chance, 0, 1))];
    }

    /// <summary>Whether one more of the class finds a seat, for each combination of counts.</summary>
    private bool[] OpenFor(int one)
    {
        var open = new bool[_states];
        for (var state = 0; state < _states; state++)
        {
            int[] counts = [.. _classes.Select((_, other) => CountIn(state, other))];
            var seated = Seatable(counts);
            counts[one]++;
            open[state] = Seatable(counts) > seated;
        }

        return open;
    }

    /// <summary>The probability that one more of the class finds a seat, for each number of its own who came before.</summary>
    private double[] OpenAt(bool[] open, int one, double[][] counts)
    {
        var result = new double[_classes[one].Most + 1];
        for (var state = 0; state < _states; state++)
        {
            if (!open[state])
                continue;
            var probability = 1.0;
            for (var other = 0; other < _classes.Length; other++)
                probability *= other == one ? 1 : counts[other][CountIn(state, other)];
            result[CountIn(state, one)] += probability;
        }

        return result;
    }

    private int CountIn(int state, int one) => state / _strides[one] % (_classes[one].Most + 1);

    /// <summary>How many of so many of each class can sit at once: some classes fill all their seats, the others all find one (König 1931).</summary>
    private int Seatable(int[] counts)
    {
        var least = int.MaxValue;
        for (var full = 0; full < 1 << counts.Length; full++)
        {
            var (seats, people) = (0UL, 0);
            for (var one = 0; one < counts.Length; one++)
            {
                if ((full & (1 << one)) != 0)
                    seats |= _classes[one].Seats;
                else
                    people += counts[one];
            }

            least = Math.Min(least, BitOperations.PopCount(seats) + people);
        }

        return least;
    }
}
