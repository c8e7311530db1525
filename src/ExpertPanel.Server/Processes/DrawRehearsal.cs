using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Processes;

/// <summary>What freezing these seats now would lead to.</summary>
/// <param name="Refusal">What the rule would say no to, if so.</param>
/// <param name="Preview">Who might be drawn; nothing where the conditions themselves are faulty.</param>
/// <param name="Supply">Who could take each seat, and what would give more; nothing where the conditions themselves are faulty.</param>
/// <param name="PoolSize">How many experts the bank has.</param>
public sealed record Rehearsal(Refusal? Refusal, DrawPreview? Preview, PanelSupply? Supply, int PoolSize);

/// <summary>预演: asks the rule and runs the engine on the bank as it stands, with chance of its own that is thrown away. Nothing is stored.</summary>
public sealed class DrawRehearsal(StepPreparation preparation, StepChance chance, UpperBank upper)
{
    public async Task<Rehearsal> RunAsync(
        PanelDb db, PrepareDraw asked, Matter matter, (Route Route, CommitteeRules Rules, WorkingCalendar Calendar) by, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var context = await preparation.ForScreeningAsync(db, new()
        {
            Now = now,
            Actor = actor,
            NewId = chance.NewId(now),
            Route = by.Route,
            Rules = by.Rules,
            Calendar = by.Calendar,
            Randomness = chance.NewSecret(),
        }, matter, ct);
        var input = asked.Compose(matter, context).Input;
        return new(
            asked.Decide(matter, context).Refusal, input is null ? null : DrawPreview.Of(input, chance.NewSecret()), input is null ? null : await SupplyAsync(db, input, ct), context.Pool.Count);
    }

    /// <summary>Only a thin panel asks whom the banks above could lend.</summary>
    private async Task<PanelSupply> SupplyAsync(PanelDb db, DrawInput input, CancellationToken ct)
    {
        var own = PanelSupply.Of(input);
        return own is { IsFeasible: true, HasThinSeat: false } ? own : PanelSupply.Of(input, await upper.CandidatesAsync(db, ct));
    }
}
