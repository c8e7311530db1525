using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>A matter on its way through one transaction.</summary>
public sealed class LoadedStep
{
    public MatterRow? Row { get; set; }

    /// <summary>The row as it stands in the database; null for a matter not yet written.</summary>
    public MatterRow? Stored { get; init; }

    public bool HasWritten { get; set; }

    public Matter? Matter { get; set; }

    /// <summary>The matter's JSON as the last history row's hash has it; null where nothing was written.</summary>
    public byte[]? State { get; set; }

    public required StepContext Context { get; set; }
}

/// <summary>Gathers what a command's decision may know: the matter, its route, rules and calendar, and what else the command asks for.</summary>
public sealed class StepPreparation(CommitteeSettings settings, MatterCache cache, ExpertPool pool, OrganisationTables organisations, StepChance chance, DrawSecrets secrets)
{
    /// <param name="fromMemory">Start from the last known state where there is one.</param>
    public async Task<LoadedStep> LoadAsync(
        PanelDb db, Guid? matterId, MatterCommand command, Actor actor, DateTimeOffset now, bool fromMemory, CancellationToken ct)
    {
        var (row, matter) = matterId is { } id ? await FindAsync(db, id, fromMemory) : (null, null);
        var (routeId, routeVersion, rulesVersion) = matter is null
            ? await NewestAsync(db, ct)
            : (matter.RouteId, matter.RouteVersion, matter.RulesVersion);
        var step = new LoadedStep
        {
            Row = row?.Copy(),
            Stored = row,
            Matter = matter,
            Context = new()
            {
                Now = now,
                Actor = actor,
                NewId = chance.NewId(now),
                Route = await settings.RouteAsync(db, routeId, routeVersion, ct),
                Rules = await settings.RulesAsync(db, rulesVersion, ct),
                Calendar = await settings.CalendarAsync(db, ct),
            },
        };
        await PrepareAsync(db, step, command, actor, ct);
        return step;
    }

    /// <summary>Fills in what this command asks for, leaving the rest as it was.</summary>
    public async Task PrepareAsync(PanelDb db, LoadedStep step, MatterCommand command, Actor actor, CancellationToken ct)
    {
        var context = step.Context with { Actor = actor, NewId = chance.NewId(step.Context.Now) };
        if (command is not OpeningCommand && (step.Matter is null || command.AlreadyDone(step.Matter, actor)))
        {
            step.Context = context;
            return;
        }

        if (command is INeedsPool)
            context = context with
            {
                Pool = await pool.LoadAsync(db, context.Now, context.Rules.LoadSince(context.Now), ct),
                Randomness = chance.NewSecret(),
            };
        else if (command is INeedsScreening)
            context = context with { Pool = await pool.LoadCardsAsync(db, context.Now, context.Rules.LoadSince(context.Now), ct) };
        if (command is INeedsScreening)
            context = context with { Organisations = await organisations.NewestAsync(db, ct), Linked = await LinkedAsync(db, step.Matter?.Link?.Number, ct) };
        if (command is INeedsDraw && step.Matter?.Panel is { } panel)
            context = context with { Draw = await EvidenceAsync(db, panel.DrawId, toBeDrawn: command is DrawPanel) };
        if (command is INeedsLinkedMatter { LinkedNumber: { Length: > 0 } number })
            context = context with { Linked = await LinkedAsync(db, number.Trim(), ct) };
        if (command is INeedsNumber numbered)
        {
            var (code, year) = numbered.Series(step.Matter, context);
            context = context with { NextSerial = await NumberSeries.TakeAsync(db, code, year, ct) };
        }

        step.Context = context;
    }

    /// <summary>What screening asks, with the experts' load, for a page.</summary>
    public async Task<StepContext> ForScreeningAsync(PanelDb db, StepContext context, Matter matter, CancellationToken ct) => context with
    {
        Pool = await pool.LoadAsync(db, context.Now, context.Rules.LoadSince(context.Now), ct),
        Organisations = await organisations.NewestAsync(db, ct),
        Linked = await LinkedAsync(db, matter.Link?.Number, ct),
    };

    private static async Task<Matter?> LinkedAsync(PanelDb db, string? number, CancellationToken ct) =>
        number is not null && await db.Matters.Where(m => m.Number == number).Select(m => m.State).SingleOrDefaultAsync(ct) is { } state
            ? JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json)
            : null;

    /// <summary>Only the step that draws reads the frozen input and opens its seal; every other goes by the transcript.</summary>
    private async Task<DrawEvidence?> EvidenceAsync(PanelDb db, Guid drawId, bool toBeDrawn)
    {
        if (!toBeDrawn) return await StepQueries.TranscriptAsync(db, drawId);
        return await StepQueries.DrawAsync(db, drawId) is { } evidence ? evidence with { InputJson = secrets.Open(drawId, evidence.InputJson) } : null;
    }

    private async Task<(MatterRow?, Matter?)> FindAsync(PanelDb db, Guid id, bool fromMemory)
    {
        if (fromMemory && cache.Find(id) is { } known && known.Row.TenantId == db.TenantId)
            return (known.Row, known.Matter);

        var row = await StepQueries.MatterAsync(db, id);
        return (row, row is null ? null : JsonSerializer.Deserialize<Matter>(row.State, MatterCommands.Json));
    }

    private async Task<(string, int, int)> NewestAsync(PanelDb db, CancellationToken ct)
    {
        var newest = await settings.NewestAsync(db, ct);
        return (newest.RouteId, newest.RouteVersion, newest.RulesVersion);
    }
}
