using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Lending;

/// <summary>What a borrower needs to know of an expert: for 回避, for letters and for the draw. No identity number, no bank account, no scores.</summary>
public sealed record LentCard(
    string Name, string Gender, string Category, bool CivilServant, string Employer, string Title, string Mobile, DateOnly TermFrom, DateOnly TermTo, DateOnly? LeaveFrom, DateOnly? LeaveTo,
    IReadOnlyList<string> Specialties, IReadOnlyList<string> FormerEmployers, IReadOnlyList<string> Conflicts, IReadOnlyList<string> Relatives, IReadOnlyList<LentAddress> Addresses)
{
    public static LentCard Of(ExpertRow e) => new(
        e.Name, e.Gender, e.Category, e.CivilServant, e.Employer, e.Title, e.Mobile, e.TermFrom, e.TermTo, e.LeaveFrom, e.LeaveTo, e.Specialties, e.FormerEmployers, e.Conflicts, e.Relatives,
        [.. e.Addresses.OrderBy(a => a.Address, StringComparer.Ordinal).Select(a => new LentAddress(a.Address, a.Primary, a.VerifiedAt))]);

    public static LentCard Read(string json) => JsonSerializer.Deserialize<LentCard>(json, MatterCommands.Json) ?? throw new JsonException("A lent card is empty.");

    public string Write() => JsonSerializer.Serialize(this, MatterCommands.Json);
}

public sealed record LentAddress(string Address, bool Primary, DateTimeOffset? VerifiedAt);
