using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

public sealed record CommitteeLine(string Code, string Place, string OfficeName, string Level, string? ParentCode, bool Live);

/// <summary>Who holds the token, and in which committee.</summary>
public sealed record WhoAmI(string Id, string Name, IReadOnlyList<Role> Roles, string? Division, string? SponsoringUnit, string Committee);

/// <summary>Somebody who can be named in a command.</summary>
public sealed record PersonLine(string Id, string Name, string? Division, IReadOnlyList<Role> Roles);

/// <summary>The places, one's own committee with its rules, route and people, and its own history.</summary>
internal static class CommitteesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", MeAsync).WithTags("committee").WithName("whoAmI").WithSummary("本令牌的人员 / who holds the token").Produces<WhoAmI>();
        var staff = api.MapGroup("").WithTags("committee").RequireAuthorization(Policies.Staff);
        staff.MapGet("/committees", ListAsync).WithName("listCommittees").WithSummary("各地委员会 / the places in the office's order").Produces<IReadOnlyList<CommitteeLine>>();
        staff.MapGet("/people", PeopleAsync).WithName("listPeople").WithSummary("可指名的人员 / who can be named").Produces<IReadOnlyList<PersonLine>>();
        staff.MapGet("/committee/rules", RulesAsync).WithName("showRules").WithSummary("本级规则及依据 / the rules with their sources").Produces<JsonElement>();
        staff.MapGet("/committee/route", RouteAsync).WithName("showRoute").WithSummary("流程 / the route").Produces<JsonElement>();
        staff.MapGet("/committee/history", HistoryAsync).RequireAuthorization(Policies.Audit).WithName("showCommitteeHistory")
            .WithSummary("账号、规则、来件等的记录 / history of what concerns no matter").Produces<ApiPage<HistoryLine>>();
    }

    private static async Task<IResult> MeAsync(PanelDb db, CurrentActor current, CancellationToken cancellationToken)
    {
        var me = await current.GetAsync();
        var code = await db.Committees.Where(c => c.Id == db.TenantId).Select(c => c.Code).SingleAsync(cancellationToken);
        return Results.Ok(new WhoAmI(me.Id, me.Own.Name, [.. me.Roles.Order()], me.Own.Division, me.SponsoringUnit, code));
    }

    private static async Task<IResult> ListAsync(PanelDb db, CancellationToken cancellationToken, string? level = null, bool? live = null) => Results.Ok(
        await db.Committees.AsNoTracking().Where(c => (level == null || c.Level == level) && (live == null || c.Live == live)).OrderBy(c => c.Order).ThenBy(c => c.Code)
            .Select(c => new CommitteeLine(c.Code, c.Place, c.OfficeName, c.Level, c.ParentCode, c.Live)).ToListAsync(cancellationToken));

    private static async Task<IResult> PeopleAsync(PanelDb db, SpecialtyList specialties, CancellationToken cancellationToken)
    {
        var choices = await FormChoices.LoadAsync(db, specialties, cancellationToken);
        return Results.Ok(choices.Colleagues.Where(c => !c.Roles.Contains(Role.Sponsor)).Select(c => new PersonLine(c.Person.Id, c.Person.Name, c.Division, [.. c.Roles.Order()])));
    }

    private static async Task<IResult> RulesAsync(PanelDb db, CommitteeSettings settings, CancellationToken cancellationToken)
    {
        var newest = await settings.NewestAsync(db, cancellationToken);
        return Results.Text(await db.Rules.Where(r => r.Version == newest.RulesVersion).Select(r => r.Json).SingleAsync(cancellationToken), "application/json");
    }

    private static async Task<IResult> RouteAsync(PanelDb db, CommitteeSettings settings, CancellationToken cancellationToken)
    {
        var newest = await settings.NewestAsync(db, cancellationToken);
        var json = await db.Routes.Where(r => r.RouteId == newest.RouteId && r.Version == newest.RouteVersion).Select(r => r.Json).SingleAsync(cancellationToken);
        return Results.Text(json, "application/json");
    }

    private static async Task<IResult> HistoryAsync(PanelDb db, CancellationToken cancellationToken, int page = 1, int size = 50)
    {
        (page, size) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, ApiAnswers.LargestPage));
        var own = db.History.AsNoTracking().Where(h => h.StreamId == db.TenantId);
        var rows = await own.OrderByDescending(h => h.Sequence).Skip((page - 1) * size).Take(size).ToListAsync(cancellationToken);
        return Results.Ok(new ApiPage<HistoryLine>(await own.CountAsync(cancellationToken), page, size, [.. rows.Select(HistoryLine.Of)]));
    }
}
