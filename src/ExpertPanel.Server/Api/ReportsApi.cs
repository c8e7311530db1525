using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reports;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>年度数字, the same as the verb <c>report</c>: of one's own committee.</summary>
internal static class ReportsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/reports/{year:int}", ShowAsync).WithTags("reports").RequireAuthorization(Policies.Staff)
        .WithName("showReport").WithSummary("年度数字及口径 / the annual figures with their definitions").Produces<AnnualFigures>().ProducesProblem(404);

    private static async Task<IResult> ShowAsync(int year, PanelDb db, PanelDbFactory databases, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (year is not (>= 1949 and <= 9998)) return ApiAnswers.NotFound;
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, cancellationToken);
        return Results.Ok(await AnnualFigures.OfAsync(databases, committee, year, ChinaTime.LocalDate(clock.GetUtcNow()), cancellationToken));
    }
}
