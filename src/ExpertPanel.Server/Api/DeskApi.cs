using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Desk;
using ExpertPanel.Server.Pages.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>待办、在办、已办、督办.</summary>
internal static class DeskApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/desk/{list}", ListAsync).WithTags("desk").WithName("showDesk")
        .WithSummary("我的事项：todo、inProgress、done、supervised / what stands on my desk").Produces<ApiPage<MatterLine>>().ProducesProblem(404);

    private static async Task<IResult> ListAsync(string list, DeskLists desk, CurrentActor current, CancellationToken cancellationToken, int page = 1, int size = 50)
    {
        var me = await current.GetAsync();
        var matters = list switch
        {
            "todo" => desk.Todo(me).OrderBy(m => m.StageDue == null).ThenBy(m => m.StageDue).ThenBy(m => m.Number),
            "inProgress" => desk.InProgress(me).OrderBy(m => m.Number),
            "done" => desk.Done(me).OrderByDescending(d => d.ActedAt).Select(d => d.Matter),
            "supervised" => desk.Supervised(me).OrderBy(m => m.Number),
            _ => null,
        };
        if (matters is null) return ApiAnswers.NotFound;
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        var lines = await matters.Skip((page - 1) * size).Take(size).Select(MatterLine.FromRow).ToListAsync(cancellationToken);
        return Results.Ok(new ApiPage<MatterLine>(
            await matters.CountAsync(cancellationToken), page, size, MatterAccess.IsStaff(me) ? lines : [.. lines.Select(l => l.ForSponsor())]));
    }
}
