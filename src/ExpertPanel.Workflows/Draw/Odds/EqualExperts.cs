using System.Globalization;

namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// Experts whom the rule cannot tell apart but by their numbers: the same seats, the same tickets, and colleagues alike as
/// far as the limit of one employer can touch them. Their chances are equal, so one figure is worked out for all of them.
/// </summary>
internal sealed class EqualExperts
{
    private readonly List<int> _sizes = [];
    private readonly List<int> _first = [];

    public EqualExperts(DrawnOrder experts, int[] tickets)
    {
        Limited = [.. experts.Employers.CountBy(employer => employer).Where(one => one.Value > experts.MaxPerEmployer).Select(one => one.Key)];
        var colleagues = Enumerable.Range(0, experts.Count)
            .Where(one => Limited.Contains(experts.Employers[one]))
            .GroupBy(one => experts.Employers[one])
            .ToDictionary(group => group.Key, group => string.Join(' ', group.Select(Alone).Order(StringComparer.Ordinal)));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        Of = new int[experts.Count];
        for (var one = 0; one < Of.Length; one++)
        {
            var key = Alone(one) + "|" + colleagues.GetValueOrDefault(experts.Employers[one]);
            if (!numbers.TryGetValue(key, out Of[one]))
            {
                numbers.Add(key, Of[one] = numbers.Count);
                _sizes.Add(0);
                _first.Add(one);
            }

            _sizes[Of[one]]++;
        }

        string Alone(int one) => string.Create(CultureInfo.InvariantCulture, $"{experts.Seats[one]:x}:{tickets[one]}");
    }

    /// <summary>The group of each expert.</summary>
    public int[] Of { get; }

    public int Count => _sizes.Count;

    /// <summary>The employers with more eligible experts than one panel may hold; no other can stand in anybody's way.</summary>
    public HashSet<int> Limited { get; }

    public int Size(int group) => _sizes[group];

    /// <summary>One expert to stand for the group.</summary>
    public int First(int group) => _first[group];
}
