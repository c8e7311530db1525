namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Which seats an expert fits: a seat with specialties needs one in common, a committee member's seat needs a member.
/// Seats are bits, in the order of the input.
/// </summary>
internal sealed class SeatFit
{
    private readonly Dictionary<string, ulong> _bySpecialty = new(StringComparer.Ordinal);
    private readonly ulong _anySpecialty;
    private readonly ulong _membersOnly;

    public SeatFit(IReadOnlyList<Seat> seats)
    {
        for (var i = 0; i < seats.Count; i++)
        {
            var bit = 1UL << i;
            if (seats[i].CommitteeMember)
                _membersOnly |= bit;
            if (seats[i].Specialties.Count == 0)
                _anySpecialty |= bit;
            foreach (var specialty in seats[i].Specialties)
                _bySpecialty[specialty] = _bySpecialty.GetValueOrDefault(specialty) | bit;
        }
    }

    public ulong Of(Candidate expert)
    {
        var seats = _anySpecialty;
        foreach (var specialty in expert.Specialties)
            seats |= _bySpecialty.GetValueOrDefault(specialty);
        return expert.CommitteeMember ? seats : seats & ~_membersOnly;
    }
}
