using System.Globalization;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reports;

/// <summary>The annual figures of one committee (CONTRACTS section 4): only what this program's rows can tell; nothing is filled in.</summary>
public sealed record AnnualFigures(string Schema, int Year, string Committee, DateOnly AsOf, IReadOnlyList<Figure> Figures)
{
    private const string Province = "province";
    private const string Matters = "件";
    private const string People = "名";

    /// <param name="today">A year that is not over is counted up to this day.</param>
    public static async Task<AnnualFigures> OfAsync(PanelDbFactory databases, CommitteeRow committee, int year, DateOnly today, CancellationToken ct)
    {
        var period = new ReportYear(year);
        var asOf = today < period.LastDay ? today : period.LastDay;
        var figures = new List<Figure>();
        await using (var db = databases.Create(committee.Id))
        {
            foreach (var figure in MatterFigure.Of(committee.Level))
                figures.Add(new(figure.Id, figure.Label, await figure.Rows(db, period).CountAsync(ct), Matters, figure.Definition, MatterRows(figure.Id, year)));
            figures.Add(await OnTimeAsync(db, period, ct));
            figures.AddRange(await ConsultationAsync(db, period, ct));
            figures.AddRange(await BankAsync(db, committee, asOf, ct));
        }

        if (committee.Level == Province) figures.Add(await CoverageAsync(databases, committee.Code, asOf, year, ct));
        return new("expertpanel.report/1", year, committee.Code, asOf, figures);
    }

    public byte[] ToExcel(string office) => ExcelExport.Write(
        $"{office}{Year.ToString(CultureInfo.InvariantCulture)}年度数字", $"截至{AsOf:yyyy年M月d日}",
        [new("代码"), new("项目"), new("数值"), new("单位"), new("口径", 60), new("明细", 60)],
        Figures.Select(IReadOnlyList<object?> (f) => [f.Id, f.Label, f.Value, f.Unit, f.Definition, f.Rows]));

    private static string MatterRows(string id, int year) => string.Create(CultureInfo.InvariantCulture, $"GET /api/v1/matters?figure={id}&figureYear={year}");

    /// <summary>Whether a clock stopped before the end of its due day depends on Beijing's midnight, so the few columns are compared here.</summary>
    private static async Task<Figure> OnTimeAsync(PanelDb db, ReportYear period, CancellationToken ct)
    {
        var met = await db.Matters.Where(m => m.Ending == null && m.ReviewDue != null && m.ReviewMetAt >= period.From && m.ReviewMetAt < period.To)
            .Select(m => new { m.ReviewDue, m.ReviewMetAt }).ToListAsync(ct);
        var onTime = met.Count(m => m.ReviewMetAt < ChinaTime.EndOfDay(m.ReviewDue ?? default));
        return new("matter.onTime", "按期送达", onTime, Matters, "当年送达、且送达不晚于审查时限届满日的事项",
            $"GET /api/v1/matters?figure=document.issued&figureYear={period.Year.ToString(CultureInfo.InvariantCulture)}，reviewMetAt 不晚于 reviewDue 当日的");
    }

    private static async Task<IEnumerable<Figure>> ConsultationAsync(PanelDb db, ReportYear period, CancellationToken ct)
    {
        var sent = await db.Invitations.CountAsync(i => i.InvitedAt >= period.From && i.InvitedAt < period.To, ct);
        var answered = await db.Invitations.CountAsync(i => i.SubmittedAt >= period.From && i.SubmittedAt < period.To, ct);
        return
        [
            new("invitation.sent", "专家咨询函", sent, "份", "当年发出的专家咨询邀请，含递补", "GET /api/v1/matters/{number} 的 panel.invitations"),
            new("opinion.received", "专家意见", answered, "份", "当年提交、计入或未计入的专家意见；同一专家修改后的版本不另计", "GET /api/v1/matters/{number} 的 panel.invitations.opinions"),
        ];
    }

    private static async Task<IEnumerable<Figure>> BankAsync(PanelDb db, CommitteeRow committee, DateOnly asOf, CancellationToken ct)
    {
        var inTerm = db.Experts.Where(e => e.LoanId == null && e.TermFrom <= asOf && asOf <= e.TermTo);
        var members = committee.Level == Province ? "committee.province.members" : "committee.members";
        return
        [
            new("expert.bank", "人才库专家", await inTerm.CountAsync(ct), People, $"截至 {asOf.Iso()} 聘期有效的专家，按人计，借用的不计", $"GET /api/v1/experts?inTermOn={asOf.Iso()}"),
            new(members, "咨询委员", await inTerm.CountAsync(e => e.CommitteeMember, ct), "位", $"截至 {asOf.Iso()} 聘期有效、任委员的专家", $"GET /api/v1/experts?inTermOn={asOf.Iso()}&member=true"),
        ];
    }

    /// <summary>A prefecture counts with both members and rules that somebody there approved. Each is counted within its own walls.</summary>
    private static async Task<Figure> CoverageAsync(PanelDbFactory databases, string top, DateOnly asOf, int year, CancellationToken ct)
    {
        var covered = (await Coverage.OfAsync(databases, top, year, asOf, ct)).Of("prefecture").Count(c => c.IsCovered);
        return new("committee.prefecture.coverage", "聘任咨询委员并建立制度的市州", covered, "个", $"截至 {asOf.Iso()} 既有聘期有效的委员、规则又经本级确认的市州",
            $"GET /api/v1/reports/coverage?year={year.ToString(CultureInfo.InvariantCulture)}");
    }
}
