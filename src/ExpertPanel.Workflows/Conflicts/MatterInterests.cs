namespace ExpertPanel.Workflows.Conflicts;

/// <summary>Whoever has a stake in the matter, as the matter itself names them.</summary>
/// <param name="SponsorPeople">经办人 and 负责人 of the sponsoring unit.</param>
/// <param name="PriorHandlers">Who handled this matter or a linked one, or gave an opinion on it.</param>
public sealed record MatterInterests(
    string Sponsor,
    IReadOnlyList<string> CoSponsors,
    IReadOnlyList<string> Parties,
    IReadOnlyList<string> Counsel,
    IReadOnlyList<string> People,
    IReadOnlyList<string> SponsorPeople,
    IReadOnlyList<PriorHandler> PriorHandlers);

/// <param name="BankNumber">Where the record says which expert it was; else only the name can be compared.</param>
/// <param name="Employer">Where the handler worked, if known: name and employer together are sure.</param>
/// <param name="Capacity">As what: 承办人, 专家意见, 论证会出席专家.</param>
/// <param name="MatterNumber">In which matter.</param>
public sealed record PriorHandler(string? BankNumber, string Name, string? Employer, string Capacity, string MatterNumber);

/// <summary>What a card says that recusal asks about.</summary>
public sealed record ScreenedExpert(
    string BankNumber, string Name, string Employer, IReadOnlyList<string> FormerEmployers, IReadOnlyList<string> Conflicts, IReadOnlyList<string> Relatives,
    bool CivilServant);

/// <summary>One interest of the matter, taken apart once for all experts.</summary>
internal sealed record Interest(InterestKind Kind, string Written, OrganisationName Organisation, PersonName Person)
{
    public static Interest Of(InterestKind kind, string written) => new(kind, written, OrganisationName.Parse(written), PersonName.Parse(written));

    /// <summary>The bodies it names: itself, or for a person the ones written beside the name.</summary>
    public IEnumerable<OrganisationName> Bodies => Organisation.Kind == OrganisationKind.Unknown ? [Organisation, .. Person.Bodies] : Organisation.All.Concat(Person.Bodies);
}
