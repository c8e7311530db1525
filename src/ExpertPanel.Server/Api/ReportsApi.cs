using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reports;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>年度数字, the same as the verb <c>report</c>: of one's own committee.</summary>
internal static class ReportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("reports").RequireAuthorization(Policies.Staff);
        reports.MapGet("/{year:int}", ShowAsync)
            .WithName("showReport").WithSummary("年度数字及口径 / the annual figures with their definitions").Produces<AnnualFigures>().ProducesProblem(404);
        reports.MapGet("/coverage", CoverageAsync)
            .WithName("showCoverage").WithSummary("本级和下级委员会建立情况 / how far this committee and those below are").Produces<Coverage>().ProducesValidationProblem();
        reports.MapGet("/fairness", FairnessAsync)
            .WithName("showFairness").WithSummary("抽取公平情况 / how invitations and work are shared out").Produces<FairnessReport>().ProducesValidationProblem();
    }

    private static async Task<IResult> CoverageAsync(PanelDb db, PanelDbFactory databases, TimeProvider clock, CancellationToken cancellationToken, int? year = null)
    {
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        if (year is < 1949 or > 9998) return ApiAnswers.Slip("year", "请填写四位年份。", "Give a year of four digits.");
        var code = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Code).SingleAsync(cancellationToken);
        var asOf = year is { } past && past < today.Year ? new DateOnly(past, 12, 31) : today;
        return Results.Ok(await Coverage.OfAsync(databases, code, year ?? today.Year, asOf, cancellationToken));
    }

    /// <param name="from">Beijing, included; the first of January of <paramref name="to"/>'s year where none is given.</param>
    /// <param name="to">Beijing, included; today where none is given.</param>
    private static async Task<IResult> FairnessAsync(PanelDb db, HeldDraws held, TimeProvider clock, CancellationToken cancellationToken, DateOnly? from = null, DateOnly? to = null) =>
        FairnessPeriod.Of(from, to, ChinaTime.LocalDate(clock.GetUtcNow())) is { } period
            ? Results.Ok(await FairnessReport.OfAsync(db, held, period.From, period.To, cancellationToken))
            : ApiAnswers.Slip("from", FairnessPeriod.SlipZh, FairnessPeriod.SlipEn);

    private static async Task<IResult> ShowAsync(int year, PanelDb db, PanelDbFactory databases, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (year is not (>= 1949 and <= 9998)) return ApiAnswers.NotFound;
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, cancellationToken);
        return Results.Ok(await AnnualFigures.OfAsync(databases, committee, year, ChinaTime.LocalDate(clock.GetUtcNow()), cancellationToken));
    }
}
