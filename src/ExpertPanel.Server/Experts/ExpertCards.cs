using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Experts;

/// <summary>A new card of the bank, without its address.</summary>
internal static class ExpertCards
{
    public static ExpertRow Of(NewExpert expert, string bankNumber) => new()
    {
        Id = Guid.CreateVersion7(), BankNumber = bankNumber, Name = expert.Name.Trim(), Gender = expert.Gender?.Trim() ?? "", Category = expert.Category?.Trim() ?? "", CivilServant = expert.CivilServant,
        Employer = expert.Employer.Trim(), Title = expert.Title?.Trim() ?? "", Mobile = expert.Mobile?.Trim() ?? "", TermFrom = expert.TermFrom, TermTo = expert.TermTo,
        Specialties = [.. expert.Specialties], FormerEmployers = [.. expert.FormerEmployers ?? []], Conflicts = [.. expert.Conflicts ?? []], Relatives = [.. expert.Relatives ?? []],
    };
}
