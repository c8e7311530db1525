using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Onboarding;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Api;

public sealed record RulesDecision(int Version, string? Decision);

public sealed record LiveOrder(string? Reason);

/// <summary>Bringing up committees: one's own, and those below until they are live.</summary>
internal static class OnboardingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var committees = api.MapGroup("/committees").WithTags("onboarding").RequireAuthorization(Policies.For(Role.SystemAdministrator));
        committees.MapPost("", FoundAsync).WithName("foundCommittee").WithSummary("组建下级委员会 / found a committee below").Produces<OnboardingProgress>(201).ProducesValidationProblem();
        var one = committees.MapGroup("/{code}");
        one.MapGet("/onboarding", ShowAsync).WithName("showOnboarding").WithSummary("组建进度 / how far it has come").Produces<OnboardingProgress>().ProducesProblem(404);
        one.MapPost("/rules-approval", ApproveAsync).WithName("approveRules").WithSummary("批准沿用的规则 / adopt the rules it was given").Produces<OnboardingProgress>().ProducesProblem(404).ProducesValidationProblem();
        one.MapPost("/rehearsal", RehearseAsync).WithName("rehearse").WithSummary("试办 / rehearse made-up matters").Produces<RehearsalResult>().ProducesProblem(404).ProducesValidationProblem();
        one.MapPost("/live", GoLiveAsync).WithName("goLive").WithSummary("启用 / go live").Produces<OnboardingProgress>().ProducesProblem(404).ProducesValidationProblem();
    }

    private static async Task<IResult> FoundAsync(FoundedCommittee asked, CommitteeFounding founding, CurrentActor current, IServiceScopeFactory scopes, PanelDb own, TimeProvider clock, CancellationToken cancellationToken)
    {
        asked = await founding.CompleteAsync(asked, cancellationToken);
        var problems = await founding.FoundAsync(asked, await ActorAsync(current), cancellationToken);
        if (problems.Count > 0) return ApiAnswers.Slips(problems);
        await using var scope = (await CommitteeBelow.EnterAsync(scopes, own, asked.Code!, cancellationToken))!.Value;
        return Results.Created($"{ApiSetup.Root}/committees/{asked.Code}/onboarding", await ProgressAsync(scope.ServiceProvider, clock, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(string code, IServiceScopeFactory scopes, PanelDb own, TimeProvider clock, CancellationToken cancellationToken) =>
        await WithinAsync(scopes, own, code, async inside => Results.Ok(await ProgressAsync(inside, clock, cancellationToken)), cancellationToken);

    private static Task<IResult> ApproveAsync(string code, RulesDecision decision, IServiceScopeFactory scopes, PanelDb own, CurrentActor current, TimeProvider clock, CancellationToken cancellationToken) =>
        ActAsync(scopes, own, code, current, clock, (acts, actor) => acts.ApproveRulesAsync(actor, decision.Version, decision.Decision, cancellationToken), cancellationToken);

    private static Task<IResult> GoLiveAsync(string code, LiveOrder order, IServiceScopeFactory scopes, PanelDb own, CurrentActor current, TimeProvider clock, CancellationToken cancellationToken) =>
        ActAsync(scopes, own, code, current, clock, (acts, actor) => acts.GoLiveAsync(actor, order.Reason, cancellationToken), cancellationToken);

    private static async Task<IResult> RehearseAsync(string code, IServiceScopeFactory scopes, PanelDb own, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await ActorAsync(current);
        return await WithinAsync(scopes, own, code, async inside =>
        {
            var (result, problem) = await inside.GetRequiredService<Rehearsal>().RunAsync(actor, cancellationToken);
            return problem is null ? Results.Ok(result) : ApiAnswers.Slips([problem]);
        }, cancellationToken);
    }

    private static async Task<IResult> ActAsync(
        IServiceScopeFactory scopes, PanelDb own, string code, CurrentActor current, TimeProvider clock, Func<OnboardingActs, Actor, Task<IReadOnlyList<FieldProblem>>> act, CancellationToken ct)
    {
        var actor = await ActorAsync(current);
        return await WithinAsync(scopes, own, code, async inside =>
        {
            var problems = await act(inside.GetRequiredService<OnboardingActs>(), actor);
            return problems.Count > 0 ? ApiAnswers.Slips(problems) : Results.Ok(await ProgressAsync(inside, clock, ct));
        }, ct);
    }

    private static async Task<IResult> WithinAsync(IServiceScopeFactory scopes, PanelDb own, string code, Func<IServiceProvider, Task<IResult>> act, CancellationToken ct)
    {
        if (await CommitteeBelow.EnterAsync(scopes, own, code, ct) is not { } scope) return ApiAnswers.NotFound;
        await using (scope) return await act(scope.ServiceProvider);
    }

    private static Task<OnboardingProgress> ProgressAsync(IServiceProvider inside, TimeProvider clock, CancellationToken ct) =>
        OnboardingProgress.ReadAsync(inside.GetRequiredService<PanelDb>(), clock, ct);

    private static async ValueTask<Actor> ActorAsync(CurrentActor current) => (await current.GetAsync()).ActingAs([Role.SystemAdministrator]);
}
