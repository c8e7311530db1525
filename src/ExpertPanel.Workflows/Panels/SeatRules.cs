using System.Text.Json;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Workflows.Panels;

/// <summary>What a committee's rules say about the seats of a panel. A committee without one of these settings has no such rule.</summary>
public static class SeatRules
{
    private const string Size = "panel.size";
    private const string Minimum = "panel.minimumOpinions";
    private const string Members = "panel.memberShare";
    private const string LineDepartment = "panel.lineDepartmentShare";

    /// <summary>How many seats are proposed: the size for the matter's type, made odd and not less than the fewest valid opinions.</summary>
    public static int SeatsFor(MatterType type, CommitteeRules rules) => Math.Max(rules.Whole(OwnOr(Size, type, rules)), rules.MinimumOpinions) | 1;

    /// <summary>How many of the seats are for members of the advisory committee, rounded up.</summary>
    public static int MembersFor(int seats, CommitteeRules rules) => ShareOf(Members, rules)?.AtLeast(seats) ?? 0;

    /// <summary>How many of the seats asked for would still have to be members' seats. It warns; who lacks members may go on.</summary>
    public static int MembersMissing(IReadOnlyList<SeatAsked> seats, CommitteeRules rules) =>
        Math.Max(0, MembersFor(seats.Count, rules) - seats.Count(seat => seat.CommitteeMember));

    /// <summary>
    /// The most experts of one employer: the committee's limit, lowered to the line department's share of so many seats, rounded down, since a line
    /// department is an employer like any other. One that sponsors the matter or is a party to it has nobody on the panel anyway
    /// (713号令 art. 20). Never less than one: a panel so small that the share gives nobody would else have nobody at all.
    /// </summary>
    public static int MaxPerEmployer(int seats, CommitteeRules rules) =>
        ShareOf(LineDepartment, rules) is { } share ? Math.Min(rules.MaxPerEmployer, Math.Max(1, share.AtMost(seats))) : rules.MaxPerEmployer;

    /// <summary>The specialties that matters of a type need beside their own.</summary>
    public static IReadOnlyList<string> SpecialtiesOf(MatterType type, CommitteeRules rules) =>
        rules.Has(OfType("panel.specialties", type)) ? rules.Text(OfType("panel.specialties", type)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>The settings that a proposal for this type follows, each with its source.</summary>
    public static IReadOnlyList<RuleSetting> Followed(MatterType type, CommitteeRules rules) =>
    [
        .. new[] { OwnOr(Size, type, rules), Minimum, Members, LineDepartment, OfType("panel.specialties", type) }.Where(rules.Has).Select(rules.Setting),
    ];

    private static Share? ShareOf(string key, CommitteeRules rules) => rules.Has(key) ? Share.Read(rules.Text(key)) : null;

    private static string OwnOr(string key, MatterType type, CommitteeRules rules) => rules.Has(OfType(key, type)) ? OfType(key, type) : key;

    private static string OfType(string key, MatterType type) => $"{key}.{JsonNamingPolicy.CamelCase.ConvertName(type.ToString())}";
}
