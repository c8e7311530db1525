using System.Text.Json.Serialization;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Server.Pages.Matters.Explained;
using ExpertPanel.Workflows.Draw.Explanation;

namespace ExpertPanel.Server.Api;

/// <summary>A draw, explained for every expert of its pool, in the pool's order.</summary>
/// <param name="Replays">How many replays the chances come from; 0 when all are exact.</param>
public sealed record DrawExplanationView(string Schema, string Matter, Guid DrawId, string Outcome, int Replays, IReadOnlyList<ExplainedExpertView> Experts)
{
    public const string CurrentSchema = "expertpanel.draw-explanation/1";

    internal static DrawExplanationView Of(string matter, ExplainedDraw draw) =>
        new(CurrentSchema, matter, draw.Id, draw.Outcome, draw.Replays, [.. draw.Experts.Select(ExplainedExpertView.Of)]);
}

/// <summary>One expert: why in or out, and the chance to be seated that he had before the draw.</summary>
/// <param name="Probability">From 0 to 1; an excluded expert has none.</param>
/// <param name="StandardError">Of the probability; 0 means exact.</param>
public sealed record ExplainedExpertView(
    ExpertExplanation Explanation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? StandardError)
{
    internal static ExplainedExpertView Of(ExplainedExpert one) => new(one.Why, one.Odds?.Probability, one.Odds?.StandardError);
}

/// <summary>Why everyone is in or out of a matter's draw. Whoever may read the transcript may read this.</summary>
internal static class DrawExplanationApi
{
    public static async Task<IResult> ShowAsync(string number, MatterAccess access, ExplainedDraws draws, PanelDb db, CancellationToken cancellationToken) =>
        await access.FindAsync(number, cancellationToken) is { AsSponsor: false, Matter.Panel: { } panel }
            && await draws.OfAsync(db, panel.DrawId, cancellationToken) is { } draw
            ? Results.Ok(DrawExplanationView.Of(number, draw))
            : ApiAnswers.NotFound;
}
