using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Simulation;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

/// <summary>What the rehearsal came to.</summary>
/// <param name="Closed">Matters that were issued and archived.</param>
/// <param name="Stuck">Matters that came to no end.</param>
/// <param name="Fault">What stopped it; null where it ran to the end.</param>
public sealed record RehearsalResult(int Matters, int Closed, int Declined, int Withdrawn, int Stuck, int Letters, int Opinions, string? Fault)
{
    public bool Passed => Fault is null && Stuck == 0 && Closed > 0;
}

/// <summary>
/// 试办: made-up matters go the whole way, from intake to the issued and archived opinion, with the committee's own route, rules and bank,
/// through the same commands, letters and inbox, in a scratch database that is removed. No letter leaves, no number is used, and nothing of
/// it can be mistaken for a matter afterwards; only that it was done, and how it ended, stands in the committee's history.
/// </summary>
public sealed class Rehearsal(PanelDb db, RecordedChange change, TimeProvider clock)
{
    /// <summary>The command of the history row of a rehearsal that ended well.</summary>
    public const string Passed = "rehearse";

    private const string Failed = "rehearseInVain";
    private const int Matters = 6;

    public static IReadOnlyList<Role> MayRehearse { get; } = [Role.SystemAdministrator, Role.DivisionHead, Role.Secretariat];

    /// <returns>The result, or what is missing for one.</returns>
    public async Task<(RehearsalResult? Result, FieldProblem? Problem)> RunAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = ChinaTime.LocalDate(now);
        var rules = await db.Rules.AsNoTracking().OrderByDescending(r => r.Version).FirstOrDefaultAsync(ct);
        var route = await db.Routes.AsNoTracking().OrderByDescending(r => r.At).ThenByDescending(r => r.Version).FirstOrDefaultAsync(ct);
        if (rules is null || route is null) return (null, new("", "这个委员会还没有规则和流程。", "This committee has no rules and no route yet."));
        var experts = await db.Experts.AsNoTracking().Where(e => e.TermFrom <= today && today <= e.TermTo).OrderBy(e => e.BankNumber).ToListAsync(ct);
        if (experts.Count == 0) return (null, new("", "请先聘任、导入或者借用专家，再试办。", "Appoint, import or borrow experts first."));
        var specialties = experts.SelectMany(e => e.Specialties).GroupBy(s => s).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(2).Select(g => g.Key).ToList();
        var order = new SimulationOrder(today.Year - 1, Matters, experts.Count, experts.Count(e => e.CommitteeMember), Seed: 1, Database: null);
        var result = await RunAsync(order, specialties, async (scratch, committee, at, token) =>
        {
            scratch.Rules.Add(new() { Version = rules.Version, Json = rules.Json, ApprovedBy = rules.ApprovedBy, At = at });
            scratch.Routes.Add(new() { RouteId = route.RouteId, Version = route.Version, Json = route.Json, At = at });
            committee.Live = true;
            var terms = (From: new DateOnly(today.Year - 2, 1, 1), To: new DateOnly(today.Year + 2, 12, 31));
            foreach (var expert in experts) scratch.Experts.Add(StandIn(expert, terms.From, terms.To));
            await scratch.SaveChangesAsync(token);
        }, ct);
        await change.RunAsync(actor, result.Passed ? Passed : Failed, new { rules = rules.Version, route = route.RouteId, routeVersion = route.Version, experts = experts.Count, result }, () => Task.FromResult(IdentityResult.Success), ct);
        return (result, null);
    }

    private static async Task<RehearsalResult> RunAsync(SimulationOrder order, IReadOnlyList<string> specialties, Func<PanelDb, CommitteeRow, DateTimeOffset, CancellationToken, Task> fill, CancellationToken ct)
    {
        try
        {
            var report = await YearSimulation.RehearseAsync(order, specialties, fill, ct);
            return new(report.Matters.Registered, report.Matters.Closed, report.Matters.Declined, report.Matters.Withdrawn, report.Stuck, report.Letters.Sent, report.Opinions.Web + report.Opinions.Mail, null);
        }
        catch (InvalidOperationException fault)
        {
            // A route of the committee's own may need what the made-up office doesn't do; it says which act and which refusal.
            return new(order.Matters, 0, 0, 0, order.Matters, 0, 0, fault.Message);
        }
    }

    /// <summary>The same person for the draw, with an address that leads nowhere.</summary>
    private static ExpertRow StandIn(ExpertRow expert, DateOnly from, DateOnly to)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id, BankNumber = expert.BankNumber, Name = expert.Name, Gender = expert.Gender, Category = expert.Category, CivilServant = expert.CivilServant, Employer = expert.Employer, Title = expert.Title,
            TermFrom = from, TermTo = to, CommitteeMember = expert.CommitteeMember, Specialties = [.. expert.Specialties],
            Addresses = [new() { Id = Guid.CreateVersion7(), ExpertId = id, Address = $"{id:N}@rehearsal.test", Primary = true }],
        };
    }
}
