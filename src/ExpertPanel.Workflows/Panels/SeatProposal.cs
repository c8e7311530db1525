using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Workflows.Panels;

/// <summary>The seats that a matter's type and specialties propose by the committee's rules. A person may ask for others.</summary>
/// <param name="MaxPerEmployer">See <see cref="SeatRules.MaxPerEmployer"/>.</param>
/// <param name="Followed">The settings it follows, each with its source.</param>
public sealed record SeatProposal(IReadOnlyList<SeatAsked> Seats, int MaxPerEmployer, IReadOnlyList<RuleSetting> Followed)
{
    /// <summary>
    /// The specialists' seats come first. Each takes one specialty of the matter in turn, the matter's own before those of its type; of more
    /// specialties than seats every one still stands in a seat. Members' seats take any specialty: so few members are there that a
    /// specialty would all but name one.
    /// </summary>
    public static SeatProposal For(MatterType type, IReadOnlyList<string> specialties, CommitteeRules rules)
    {
        var size = SeatRules.SeatsFor(type, rules);
        var members = SeatRules.MembersFor(size, rules);
        var own = specialties.Distinct().ToList();
        var free = size - members;
        List<string> subjects = [.. own, .. SeatRules.SpecialtiesOf(type, rules).Except(own).Take(Math.Max(0, free - own.Count))];
        return new(
            [
                .. Enumerable.Range(0, free).Select(seat => new SeatAsked(InTurn(subjects, seat, free), CommitteeMember: false)),
                .. Enumerable.Repeat(new SeatAsked(null, CommitteeMember: true), members),
            ],
            SeatRules.MaxPerEmployer(size, rules), SeatRules.Followed(type, rules));
    }

    public static SeatProposal For(Matter matter, CommitteeRules rules) => For(matter.Type, matter.Submission.Specialties, rules);

    private static List<string>? InTurn(List<string> subjects, int seat, int seats) =>
        subjects.Count == 0 ? null : subjects.Count <= seats ? [subjects[seat % subjects.Count]] : [.. subjects.Where((_, i) => i % seats == seat)];
}
