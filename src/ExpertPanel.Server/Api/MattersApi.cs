using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Server.Reports;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>涉法事务: the ledger, one matter, and what begins one.</summary>
internal static class MattersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var matters = api.MapGroup("/matters").WithTags("matters");
        matters.MapGet("", ListAsync).WithName("listMatters").WithSummary("涉法事务台账 / the ledger").Produces<ApiPage<MatterLine>>();
        matters.MapGet("/{number}", ShowAsync).WithName("showMatter").WithSummary("一件事项 / one matter").Produces<MatterView>().ProducesProblem(404);
        matters.MapPost("", RegisterAsync).WithName("registerMatter").RequireAuthorization(Policies.Registering).TakesCommand(typeof(RegisterMatter), StatusCodes.Status201Created);
        matters.MapPost("/{number}/corrections", CorrectAsync).WithName("registerCorrection").RequireAuthorization(Policies.Staff)
            .TakesCommand(typeof(RegisterCorrection), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        PanelDb db, CurrentActor current, TimeProvider clock, CancellationToken cancellationToken,
        string? q = null, string? stage = null, MatterType? type = null, string? handler = null, UrgencyLevel? urgency = null, int? year = null, string? ended = null,
        string? figure = null, int? figureYear = null, string? sort = null, int page = 1, int size = 50)
    {
        var me = await current.GetAsync();
        var today = ChinaTime.LocalDate(clock.GetUtcNow());
        var query = new LedgerQuery { Q = q, Stage = stage, Type = type?.ToString(), Person = handler, Urgency = urgency?.ToString(), Year = year, Ended = ended, Sort = sort };
        var visible = LedgerQuery.Visible(db, me);
        if (figure is not null)
        {
            if (MatterFigure.Find(figure) is not { } counted) return ApiAnswers.Slip(nameof(figure), $"没有“{figure}”这项数字。", $"There is no figure {figure}.");
            if (figureYear is not (>= 1949 and <= 9998)) return ApiAnswers.Slip(nameof(figureYear), "请给出统计年度，例如 2014。", "Give the figure's year, such as 2014.");
            var rows = counted.Rows(db, new ReportYear(figureYear.Value)).Select(m => m.Id);
            visible = visible.Where(m => rows.Contains(m.Id));
        }

        var found = query.Order(query.Filter(visible, today).AsNoTracking());
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        var lines = await found.Skip((page - 1) * size).Take(size).Select(MatterLine.FromRow).ToListAsync(cancellationToken);
        var forSponsor = !MatterAccess.IsStaff(me);
        return Results.Ok(new ApiPage<MatterLine>(await found.CountAsync(cancellationToken), page, size, forSponsor ? [.. lines.Select(l => l.ForSponsor())] : lines));
    }

    private static async Task<IResult> ShowAsync(string number, MatterAccess access, CancellationToken cancellationToken) =>
        await access.FindAsync(number, cancellationToken) is { } open ? Results.Ok(MatterView.Of(open)) : ApiAnswers.NotFound;

    /// <summary>A sponsor submits for its own unit and no other, now and here, whatever the body says.</summary>
    private static async Task<IResult> RegisterAsync(
        HttpRequest request, CurrentActor current, CommandRunner runner, PanelDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        var own = me.Is(Role.RegistryClerk) ? null : me.SponsoringUnit ?? "";
        var seen = LedgerQuery.Visible(db, me).Select(m => m.Number);
        return await runner.RunAsync(request, typeof(RegisterMatter), null, me.ActingAs([Role.RegistryClerk, Role.Sponsor]), cancellationToken, async command =>
            own is null || command is not RegisterMatter register ? command : register with
            {
                SponsoringUnit = own,
                Channel = IntakeChannel.Web,
                ReceivedAt = clock.GetUtcNow(),
                // Another unit's matter is answered like one that never was.
                LinkedNumber = register.LinkedNumber is { } linked && !await seen.ContainsAsync(linked, cancellationToken) ? Words.Nothing : register.LinkedNumber,
            });
    }

    private static async Task<IResult> CorrectAsync(
        string number, HttpRequest request, MatterAccess access, CommandRunner runner, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { AsSponsor: false } open) return ApiAnswers.NotFound;
        var actor = open.Me.ActingAs([Role.CaseHandler, Role.DivisionHead]);
        return await runner.RunAsync(request, typeof(RegisterCorrection), null, actor, cancellationToken,
            command => Task.FromResult(command is RegisterCorrection correction ? correction with { LinkedNumber = open.Matter.Number } : command));
    }
}
