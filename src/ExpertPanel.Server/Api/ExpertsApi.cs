using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Experts;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>An expert as every reader of the office sees one.</summary>
public sealed record ExpertSummary(
    string BankNumber, string Name, string Category, string Employer, string Title, IReadOnlyList<string> Specialties, bool CommitteeMember, DateOnly TermFrom, DateOnly TermTo,
    DateOnly? LeaveFrom, DateOnly? LeaveTo);

public sealed record ExpertMailAddress(string Address, bool Primary, bool Verified, bool Bounced);

/// <param name="Addresses">For the secretariat, who writes to them; null for others.</param>
public sealed record ExpertDetail(
    ExpertSummary Expert, IReadOnlyList<string> FormerEmployers, IReadOnlyList<string> Conflicts, IReadOnlyList<string> Relatives, int OpenInvitations,
    IReadOnlyList<ExpertMailAddress>? Addresses);

/// <summary>法律专家人才库.</summary>
internal static class ExpertsApi
{
    private static readonly string[] Open = [nameof(Workflows.Panels.InvitationState.Invited), nameof(Workflows.Panels.InvitationState.Accepted)];

    public static void Map(RouteGroupBuilder api)
    {
        var experts = api.MapGroup("/experts").WithTags("experts").RequireAuthorization(Policies.Staff);
        experts.MapGet("", ListAsync).WithName("listExperts").WithSummary("人才库 / the bank").Produces<ApiPage<ExpertSummary>>();
        experts.MapGet("/{bankNumber}", ShowAsync).WithName("showExpert").WithSummary("一位专家 / one expert").Produces<ExpertDetail>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        PanelDb db, CancellationToken cancellationToken, string? q = null, string? specialty = null, bool? member = null, DateOnly? inTermOn = null, int page = 1, int size = 50)
    {
        var experts = db.Experts.AsNoTracking();
        if (q?.Trim() is { Length: > 0 } sought) experts = experts.Where(e => e.BankNumber.Contains(sought) || e.Name.Contains(sought) || e.Employer.Contains(sought));
        if (member is { } seated) experts = experts.Where(e => e.CommitteeMember == seated);
        if (inTermOn is { } day) experts = experts.Where(e => e.TermFrom <= day && day <= e.TermTo);
        if (!string.IsNullOrEmpty(specialty)) experts = experts.WithSpecialty(specialty);
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        return Results.Ok(new ApiPage<ExpertSummary>(await experts.CountAsync(cancellationToken), page, size, [.. (await experts.OrderBy(e => e.BankNumber).Skip((page - 1) * size).Take(size).ToListAsync(cancellationToken)).Select(Summary)]));
    }

    private static async Task<IResult> ShowAsync(string bankNumber, PanelDb db, CurrentActor current, CancellationToken cancellationToken)
    {
        if (await db.Experts.AsNoTracking().Include(e => e.Addresses).SingleOrDefaultAsync(e => e.BankNumber == bankNumber, cancellationToken) is not { } expert) return ApiAnswers.NotFound;
        var open = await db.Invitations.CountAsync(i => i.ExpertId == expert.Id && Open.Contains(i.State), cancellationToken);
        var writes = (await current.GetAsync()).Is(Role.Secretariat);
        return Results.Ok(new ExpertDetail(
            Summary(expert), expert.FormerEmployers, expert.Conflicts, expert.Relatives, open,
            writes ? [.. expert.Addresses.OrderBy(a => a.Address, StringComparer.Ordinal).Select(a => new ExpertMailAddress(a.Address, a.Primary, a.VerifiedAt is not null, a.BouncedAt is not null))] : null));
    }

    private static ExpertSummary Summary(ExpertRow e) =>
        new(e.BankNumber, e.Name, e.Category, e.Employer, e.Title, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo, e.LeaveFrom, e.LeaveTo);
}
