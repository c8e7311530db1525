namespace ExpertPanel.Tests.Fixtures;

/// <summary>Chance that is the same again for the same seed: SplitMix64.</summary>
public sealed class SeededChance(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 to below <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        var mixed = state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)(((mixed ^ (mixed >> 31)) >> 32) * (ulong)below >> 32);
    }

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToList();
        for (var i = all.Count - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all;
    }
}
