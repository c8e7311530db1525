using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reports;

/// <summary>How far a committee is, as its upper committee may see it: numbers, never a matter.</summary>
/// <param name="RulesVersion">0 where there are no rules.</param>
/// <param name="RulesApprovedBy">Null while the rules are the defaults that nobody there approved.</param>
/// <param name="Members">Committee members whose appointment holds on the day.</param>
/// <param name="Experts">The bank's own experts whose appointment holds on the day; guests belong to the bank that lends them.</param>
/// <param name="Matters">涉法事务 accepted in the year; a matter transferred to another committee counts where it was accepted.</param>
public sealed record CommitteeCoverage(
    string Code, string Place, string OfficeName, string Level, string? ParentCode, bool Live, int RulesVersion, string? RulesApprovedBy, int Members, int Experts, int Matters)
{
    /// <summary>已覆盖: both appointed members and rules that the committee itself adopted (讲话: “聘任了…委员,建立了相关制度”).</summary>
    public bool IsCovered => Members > 0 && RulesApprovedBy is not null;
}

/// <summary>全覆盖 of a committee and all below it.</summary>
/// <param name="Year">The year whose matters are counted.</param>
public sealed record Coverage(string Schema, int Year, DateOnly AsOf, IReadOnlyList<CommitteeCoverage> Committees)
{
    public IReadOnlyList<CommitteeCoverage> Of(string level) => [.. Committees.Where(c => c.Level == level)];

    /// <summary>In the office's own order. A place that does not stand in the tables of codes counts where its parent says.</summary>
    public IReadOnlyList<CommitteeCoverage> Below(string code) => [.. Committees.Where(c => c.ParentCode == code)];

    /// <summary>The share of the places that are covered; null where there are none, as the counties of 嘉峪关.</summary>
    public static double? Share(IReadOnlyCollection<CommitteeCoverage> places) => places.Count == 0 ? null : (double)places.Count(c => c.IsCovered) / places.Count;

    /// <summary>Each committee in service is counted within its own walls.</summary>
    public static async Task<Coverage> OfAsync(PanelDbFactory databases, string top, int year, DateOnly asOf, CancellationToken ct)
    {
        List<CommitteeRow> all;
        await using (var db = databases.Create(Guid.Empty)) all = await db.Committees.AsNoTracking().OrderBy(c => c.Order).ThenBy(c => c.Code).ToListAsync(ct);
        var lines = new List<CommitteeCoverage>();
        foreach (var committee in all.Where(c => IsWithin(c, top, all))) lines.Add(await CountAsync(databases, committee, new(year), asOf, ct));
        return new("expertpanel.coverage/1", year, asOf, lines);
    }

    private static bool IsWithin(CommitteeRow committee, string top, List<CommitteeRow> all)
    {
        for (var (one, rung) = ((CommitteeRow?)committee, 0); one is not null && rung < 10; one = all.Find(c => c.Code == one.ParentCode), rung++)
            if (one.Code == top) return true;
        return false;
    }

    private static async Task<CommitteeCoverage> CountAsync(PanelDbFactory databases, CommitteeRow committee, ReportYear year, DateOnly asOf, CancellationToken ct)
    {
        var line = new CommitteeCoverage(committee.Code, committee.Place, committee.OfficeName, committee.Level, committee.ParentCode, committee.Live, 0, null, 0, 0, 0);
        if (!committee.Live) return line;
        await using var db = databases.Create(committee.Id);
        var rules = await db.Rules.OrderByDescending(r => r.Version).Select(r => new { r.Version, r.ApprovedBy }).FirstOrDefaultAsync(ct);
        var inTerm = db.Experts.Where(e => e.LoanId == null && e.TermFrom <= asOf && asOf <= e.TermTo);
        return line with
        {
            RulesVersion = rules?.Version ?? 0,
            RulesApprovedBy = rules is { ApprovedBy: not CommitteeSetup.NotApproved } ? rules.ApprovedBy : null,
            Members = await inTerm.CountAsync(e => e.CommitteeMember, ct),
            Experts = await inTerm.CountAsync(ct),
            Matters = await MatterFigure.Accepted(db, year).CountAsync(ct),
        };
    }
}
