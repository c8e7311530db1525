namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>Numbers that are the same on every machine and in every year (SplitMix64; Steele, Lea, Flood 2014).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
    }

    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public List<T> Some<T>(IReadOnlyList<T> choices, int most) => [.. Enumerable.Range(0, Below(most + 1)).Select(_ => Of(choices)).Distinct()];

    public string Hex(int bytes) => string.Concat(Enumerable.Range(0, bytes * 2).Select(_ => "0123456789abcdef"[Below(16)]));
}
