using System.Net.Mime;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Resources;
using ExpertPanel.Server.Upgrades;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Api;

/// <param name="Text">The difference in a sentence.</param>
public sealed record RouteDifferenceLine(string Text, RouteDifference Difference);

/// <summary>What the program brings that the committee has not adopted; the versions are the committee's newest.</summary>
public sealed record UpgradeView(int RouteVersion, IReadOnlyList<RouteDifferenceLine> Route, int RulesVersion, IReadOnlyList<SettingDifference> Rules);

/// <param name="From">The version whose differences were seen.</param>
public sealed record AdoptUpgrade(int From, string? Reason);

/// <param name="Version">The committee's new version.</param>
public sealed record UpgradeAdopted(int Version);

/// <summary>程序更新带来的新流程、新规则: what differs, and adopting it.</summary>
internal static class UpgradesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var upgrade = api.MapGroup("/committee/upgrade").WithTags("committee").RequireAuthorization(Policies.Staff);
        upgrade.MapGet("", ShowAsync).WithName("showUpgrade").WithSummary("程序带来的新版本与本级的差别 / what a newer program brings").Produces<UpgradeView>();
        Adopts(upgrade.MapPost("/route", AdoptRouteAsync)).WithName("adoptRoute").WithSummary("采用新流程 / adopt the newer route");
        Adopts(upgrade.MapPost("/rules", AdoptRulesAsync)).WithName("adoptRules").WithSummary("采用新的缺省规则 / adopt the newer default rules");
    }

    private static RouteHandlerBuilder Adopts(RouteHandlerBuilder endpoint) => endpoint.RequireAuthorization(Policies.Settings)
        .Accepts<AdoptUpgrade>(MediaTypeNames.Application.Json).Produces<UpgradeAdopted>(201).ProducesValidationProblem().ProducesProblem(409);

    private static async Task<IResult> ShowAsync(PanelDb db, UpgradeFinder finder, UpgradeTexts texts, CancellationToken cancellationToken)
    {
        var upgrade = await finder.FindAsync(db, cancellationToken);
        return Results.Ok(new UpgradeView(upgrade.Own.Version, [.. upgrade.RouteChanges.Select(d => new RouteDifferenceLine(texts.Of(upgrade, d), d))], upgrade.RulesVersion, upgrade.RuleChanges));
    }

    private static Task<IResult> AdoptRouteAsync(HttpRequest request, UpgradeAdoption adoption, CurrentActor current, Words words, CancellationToken cancellationToken) =>
        AdoptAsync(request, adoption.AdoptRouteAsync, current, words, cancellationToken);

    private static Task<IResult> AdoptRulesAsync(HttpRequest request, UpgradeAdoption adoption, CurrentActor current, Words words, CancellationToken cancellationToken) =>
        AdoptAsync(request, adoption.AdoptRulesAsync, current, words, cancellationToken);

    private static async Task<IResult> AdoptAsync(
        HttpRequest request, Func<Actor, int, string?, CancellationToken, Task<UpgradeOutcome>> adopt, CurrentActor current, Words words, CancellationToken cancellationToken)
    {
        var (body, refused) = await PlainBody.ReadAsync<AdoptUpgrade>(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        var outcome = await adopt(await current.ActingAsAsync(UpgradeAdoption.MayAdopt), body.From, body.Reason?.Trim(), cancellationToken);
        return outcome.Problem switch
        {
            null => Results.Created((string?)null, new UpgradeAdopted(outcome.Version)),
            { Field.Length: > 0 } slip => ApiAnswers.Slips([slip]),
            var late => ApiAnswers.No(new("upgrade.not-newest", Words.Problem(late)), words),
        };
    }
}
