using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>What the list of experts is asked for.</summary>
public sealed class ExpertQuery
{
    public string? Q { get; set; }

    public string? Specialty { get; set; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Member { get; set; }

    /// <summary><c>yes</c> or <c>no</c>: whether the appointment holds today.</summary>
    public string? InTerm { get; set; }

}

public static class ExpertFilters
{
    /// <summary>The specialties stand in one column as a JSON array of codes.</summary>
    public static IQueryable<ExpertRow> WithSpecialty(this IQueryable<ExpertRow> experts, string code) =>
        experts.Where(e => ((string)(object)e.Specialties).Contains("\"" + code.Replace("\"", "", StringComparison.Ordinal) + "\""));
}

/// <summary>One line of the list: the card's facts and how much the expert was asked.</summary>
public sealed record ExpertLine(ExpertRow Expert, bool InTerm, bool OnLeave, int OpenReviews, int RecentReviews);

public sealed class ExpertList(PanelDb db)
{
    /// <summary>Those that match, in the order of bank numbers; the database filters, counts and pages.</summary>
    public IQueryable<ExpertRow> Find(ExpertQuery query, DateOnly today)
    {
        var experts = db.Experts.AsNoTracking();
        if (query.Q?.Trim() is { Length: > 0 } sought)
            experts = experts.Where(e => e.BankNumber.Contains(sought) || e.Name.Contains(sought) || e.Employer.Contains(sought) || e.Title.Contains(sought));
        if (query.Member is "yes" or "no") experts = experts.Where(e => e.CommitteeMember == (query.Member == "yes"));
        if (query.InTerm == "yes") experts = experts.Where(e => e.TermFrom <= today && today <= e.TermTo);
        if (query.InTerm == "no") experts = experts.Where(e => today < e.TermFrom || e.TermTo < today);
        if (!string.IsNullOrEmpty(query.Specialty)) experts = experts.WithSpecialty(query.Specialty);
        return experts.OrderBy(e => e.BankNumber);
    }

    /// <summary>Adds to each how many reviews are open and how many invitations there were since <paramref name="since"/>.</summary>
    public async Task<IReadOnlyList<ExpertLine>> WithLoadsAsync(IReadOnlyList<ExpertRow> experts, DateOnly today, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var loads = await ExpertLoads.CountAsync(db, since, cancellationToken);
        return
        [
            .. experts.Select(e => new ExpertLine(
                e, e.TermFrom <= today && today <= e.TermTo, e.LeaveFrom is { } from && from <= today && (e.LeaveTo is null || today <= e.LeaveTo),
                loads.GetValueOrDefault(e.Id, ExpertLoad.None).Open, loads.GetValueOrDefault(e.Id, ExpertLoad.None).Asked)),
        ];
    }
}
