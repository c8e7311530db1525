using ExpertPanel.Workflows.Draw.Odds;

namespace ExpertPanel.Workflows.Draw.Explanation;

/// <summary>What the same rule would have come to had one thing been different.</summary>
internal sealed class OtherRuns
{
    private readonly DrawRun _ran;
    private readonly PanelWalk _walk;
    private readonly ILookup<string, string> _seatedWithout;

    public OtherRuns(DrawRun ran)
    {
        _ran = ran;
        _walk = new PanelWalk(ran.Seen);
        _seatedWithout = SeatedWithout().ToLookup(one => one.Newcomer, one => one.Without, StringComparer.Ordinal);
    }

    /// <summary>For an eligible expert, by his position.</summary>
    public List<Counterfactual> Of(int position)
    {
        if (_ran.Panel is not { } panel)
            return [];
        var isSeated = panel.Contains(position);
        return [Limit(position, isSeated ? PanelIfLast(position) : panel, isSeated), .. _seatedWithout[_ran.Order[position].Expert.Id].Select(id => new Counterfactual(Counterfactual.Without, Expert: id))];
    }

    /// <summary>For an excluded expert. Who fits no seat could not have been drawn by any luck.</summary>
    public List<Counterfactual> HadNothingExcluded(Candidate expert, ulong fits)
    {
        if (fits == 0)
            return [];
        var (order, panel) = _ran.Again([.. _ran.Eligible, new EligibleExpert(expert, fits)]);
        var position = order.FindIndex(one => one.Expert == expert);
        return [new Counterfactual(
            panel.Contains(expert.Id) ? Counterfactual.EligibleSeated : Counterfactual.EligibleNotSeated,
            order[position].ToOrdered().Number,
            position + 1)];
    }

    /// <summary>
    /// The more are seated before him, the fewer panels are left that have him: so there is one number below which he is
    /// seated and above which he is not. It is that of the first expert after whom no such panel is left.
    /// </summary>
    private Counterfactual Limit(int position, List<int> panelIfLast, bool isSeated)
    {
        if (panelIfLast.Contains(position))
            return new Counterfactual(Counterfactual.AnyNumber);
        _walk.Clear();
        var last = -1;
        foreach (var seated in panelIfLast)
        {
            if (!_walk.MaySeat(position))
                break;
            _walk.TrySeat(seated);
            last = seated;
        }

        return last < 0
            ? new Counterfactual(Counterfactual.NoNumber)
            : new Counterfactual(isSeated ? Counterfactual.NumberAbove : Counterfactual.NumberBelow, _ran.Order[last].ToOrdered().Number);
    }

    private List<int> PanelIfLast(int position)
    {
        _walk.Clear();
        for (var other = 0; other < _ran.Order.Count && !_walk.IsFull; other++)
        {
            if (other != position)
                _walk.TrySeat(other);
        }

        _walk.TrySeat(position); // refused once the panel is full
        return [.. _walk.Seated];
    }

    private IEnumerable<(string Newcomer, string Without)> SeatedWithout()
    {
        var panel = (_ran.Panel ?? []).Select(position => _ran.Order[position].Expert.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in panel)
        {
            foreach (var newcomer in _ran.Again([.. _ran.Eligible.Where(one => one.Expert.Id != id)]).Panel.Except(panel, StringComparer.Ordinal))
                yield return (newcomer, id);
        }
    }
}
