using ExpertPanel.Workflows.Draw.Odds;

namespace ExpertPanel.Workflows.Draw.Explanation;

/// <summary>
/// A draw, explained for every expert of the pool, in the pool's order. It follows from the transcript alone. Every
/// <see cref="Counterfactual"/> is the outcome of the same rule, run again.
/// </summary>
public sealed record DrawExplanation(string Outcome, IReadOnlyList<ExpertExplanation> Experts)
{
    /// <summary>Explains a transcript this program wrote and kept; one from elsewhere is first given to <see cref="DrawVerification"/>.</summary>
    public static DrawExplanation Of(DrawTranscript transcript)
    {
        var ran = new DrawRun(transcript.Input, transcript.Seed);
        var otherwise = new OtherRuns(ran);
        var fit = new SeatFit(transcript.Input.Seats);
        var excluded = ran.Excluded.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var positions = ran.Order.Select((one, position) => (one.Expert.Id, position)).ToDictionary(one => one.Id, one => one.position, StringComparer.Ordinal);
        var seats = transcript.Panel.ToDictionary(one => one.Id, one => one.Seat, StringComparer.Ordinal);
        var passedOver = transcript.PassedOver.ToDictionary(one => one.Id, one => one.Why, StringComparer.Ordinal);
        var substitutes = transcript.Alternates
            .SelectMany(seat => seat.Ids.Select((id, place) => (id, new SubstitutePlace(seat.Seat, place + 1))))
            .ToLookup(one => one.id, one => one.Item2, StringComparer.Ordinal);
        return new DrawExplanation(transcript.Outcome, [.. transcript.Input.Pool.Select(Explain)]);

        ExpertExplanation Explain(Candidate expert)
        {
            var fits = fit.Of(expert);
            if (excluded.TryGetValue(expert.Id, out var exclusion))
                return new ExpertExplanation(expert.Id, ExpertStatus.Excluded, exclusion.Reasons, Names(fits), null, null, null, null, null, [], [], otherwise.HadNothingExcluded(expert, fits));

            var position = positions[expert.Id];
            var lot = ran.Order[position].ToOrdered();
            var why = passedOver.GetValueOrDefault(expert.Id);
            var seat = seats.GetValueOrDefault(expert.Id);
            var status = ran.Panel is null ? ExpertStatus.NoPanel
                : seat is not null ? ExpertStatus.Seated
                : why is not null ? ExpertStatus.PassedOver
                : ExpertStatus.Later;
            return new ExpertExplanation(
                expert.Id, status, [], Names(fits), position + 1, lot.Number, lot.Tickets, seat, why,
                why is null ? [] : SeatedBefore(position, why), [.. substitutes[expert.Id]], otherwise.Of(position));
        }

        List<string> Names(ulong fits) => [.. transcript.Input.Seats.Where((_, seat) => (fits & (1UL << seat)) != 0).Select(seat => seat.Id)];

        List<string> SeatedBefore(int position, string why)
        {
            var fits = Names(ran.Order[position].Seats);
            var employer = NameComparison.Key(ran.Order[position].Expert.Employer);
            return [.. ran.Order.Take(position)
                .Where(one => seats.TryGetValue(one.Expert.Id, out var seat)
                    && (why == PassedOverExpert.Employer ? NameComparison.Key(one.Expert.Employer) == employer : fits.Contains(seat, StringComparer.Ordinal)))
                .Select(one => one.Expert.Id)];
        }
    }

    /// <summary>Before the draw: who would be in it and who not, and everyone's chance. It needs no beacon and does not use the secret.</summary>
    public static DrawOutlook Ahead(DrawInput input, int replays = DrawOdds.UsualReplays) =>
        new(Eligibility.Sift(input).Excluded, DrawOdds.Of(input, replays));
}

/// <summary>What is known of a draw before it is made.</summary>
public sealed record DrawOutlook(IReadOnlyList<ExcludedExpert> Excluded, DrawOdds Odds)
{
    /// <summary>No seat can be filled when nobody has a chance.</summary>
    public bool CanBeFilled => Odds.Experts.Any(one => one.Probability > 0);
}
