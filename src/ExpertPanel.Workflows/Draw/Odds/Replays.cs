namespace ExpertPanel.Workflows.Draw.Odds;

/// <summary>
/// Draws again and again with tickets in a random order, which is all that an order of the tickets' hashes is. The sequence
/// is always the same, so that the same draw always shows the same figures.
/// </summary>
internal sealed class Replays
{
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly EqualExperts _equals;
    private readonly int _count;

    private Replays(EqualExperts equals, int count)
    {
        _equals = equals;
        _count = count;
        _sums = new double[equals.Count];
        _squares = new double[equals.Count];
    }

    public static Replays Run(PanelWalk walk, EqualExperts equals, int[] tickets, int count)
    {
        var replays = new Replays(equals, count);
        int[] owners = [.. tickets.SelectMany((held, expert) => Enumerable.Repeat(expert, held))];
        var seenIn = new int[tickets.Length];
        var seated = new int[equals.Count];
        var chance = new FixedSequence();
        for (var replay = 1; replay <= count; replay++)
        {
            walk.Clear();
            for (var left = owners.Length; !walk.IsFull; left--)
            {
                // The shuffle of Fisher and Yates, only as far as the panel needs it; what is left over is as random as before.
                var ticket = chance.Below(left);
                var expert = owners[ticket];
                (owners[ticket], owners[left - 1]) = (owners[left - 1], expert);
                if (seenIn[expert] == replay)
                    continue;
                seenIn[expert] = replay;
                walk.TrySeat(expert);
            }

            replays.Note(walk.Seated, seated);
        }

        return replays;
    }

    public bool Never(int group) => _sums[group] == 0;

    public bool Always(int group) => _sums[group] == (double)_count * _equals.Size(group);

    public double Probability(int group) => _sums[group] / _count / _equals.Size(group);

    /// <summary>
    /// The standard error of <see cref="Probability"/>, from how the number of seated experts of the group varied. It is at
    /// least one expert in all replays: that something never happened in so many does not make it impossible.
    /// </summary>
    public double StandardError(int group)
    {
        var mean = _sums[group] / _count;
        var variance = Math.Max(0, (_squares[group] / _count) - (mean * mean));
        return Math.Max(Math.Sqrt(variance / _count), 1.0 / _count) / _equals.Size(group);
    }

    private void Note(IReadOnlyList<int> panel, int[] seated)
    {
        for (var i = 0; i < panel.Count; i++)
            seated[_equals.Of[panel[i]]]++;
        for (var i = 0; i < panel.Count; i++)
        {
            var group = _equals.Of[panel[i]];
            _sums[group] += seated[group];
            _squares[group] += (double)seated[group] * seated[group];
            seated[group] = 0; // each group once
        }
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014) from a fixed start: no chance at all, and good enough for counting.</summary>
    private struct FixedSequence()
    {
        private ulong _state = 0x6578706572747031; // "expertp1"

        /// <summary>A whole number from nought to below the limit; its bias is under one in 2^40.</summary>
        public int Below(int limit)
        {
            _state += 0x9e3779b97f4a7c15;
            var mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (int)Math.BigMul(mixed ^ (mixed >> 31), (ulong)limit, out _);
        }
    }
}
