using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Explanation;
using ExpertPanel.Workflows.Draw.Odds;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>One expert of the pool: as he stood then, what became of him and why, and the chance he had. Who was excluded had none.</summary>
public sealed record ExplainedExpert(Candidate Who, ExpertExplanation Why, ExpertOdds? Odds);

/// <summary>What the pages need of a draw that was made, without the transcript it follows from.</summary>
/// <param name="Replays">How many replays the chances come from; 0 when all are exact.</param>
public sealed record ExplainedDraw(
    Guid Id,
    string Outcome,
    DateTimeOffset Now,
    IReadOnlyList<Seat> Seats,
    DrawRules Rules,
    Beacon Beacon,
    string InputHash,
    string SecretHash,
    string Seed,
    IReadOnlyList<string> ThinSeats,
    Infeasibility? Infeasible,
    int Replays,
    IReadOnlyList<ExplainedExpert> Experts)
{
    public IEnumerable<ExplainedExpert> Excluded => Experts.Where(one => !one.Why.IsEligible);

    public IEnumerable<ExplainedExpert> Eligible => Experts.Where(one => one.Why.IsEligible);

    /// <summary>In the order of the seats.</summary>
    public IEnumerable<ExplainedExpert> Panel => Seats.SelectMany(seat => Experts.Where(one => one.Why.Seat == seat.Id));

    public IEnumerable<ExplainedExpert> PassedOver => Experts.Where(one => one.Why.Status == ExpertStatus.PassedOver).OrderBy(one => one.Why.Position);

    public ExplainedExpert? Find(string id) => Experts.FirstOrDefault(one => one.Who.Id == id);

    public static ExplainedDraw Of(Guid id, DrawTranscript transcript)
    {
        var input = transcript.Input;
        var odds = DrawOdds.Of(input);
        var chances = odds.Experts.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var explained = DrawExplanation.Of(transcript).Experts.Zip(input.Pool, (why, who) => new ExplainedExpert(who, why, chances.GetValueOrDefault(who.Id)));
        return new(
            id, transcript.Outcome, input.Now, input.Seats, input.Rules, input.Beacon ?? throw new ArgumentException("A draw has its beacon.", nameof(transcript)),
            transcript.InputHash, transcript.SecretHash, transcript.Seed, transcript.ThinSeats, Infeasibility.Of(transcript), odds.Replays, [.. explained]);
    }
}
