using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>Everything the page of one matter shows beside the matter's own state.</summary>
public sealed record MatterPage(
    OpenMatter Open, IReadOnlyList<RouteStop> Stops, IReadOnlyList<MatterAction> Actions, IReadOnlyList<LetterLine> Letters,
    IReadOnlyList<HeldLine> Held, IReadOnlyList<LinkedLine> Linked, IReadOnlyList<DraftLine> Drafts, bool CanResend, string ActionKey);

public sealed record LetterLine(Guid Id, string Kind, string To, string Address, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? FailedAt, int Attempts, string? LastError);

/// <summary>A mail of the matter that does not count: it waits, was filed, or came too late.</summary>
public sealed record HeldLine(Guid Id, DateTimeOffset ReceivedAt, string From, string Subject, string Reason, string State, Guid? InvitationId, string? Note)
{
    /// <summary>It came after the round had closed.</summary>
    public bool Late => Reason == "closed";

    public bool Waits => State == "held";
}

/// <summary>Another matter that names this one.</summary>
public sealed record LinkedLine(string Number, string Title);

public sealed record DraftLine(int Version, ReviewConclusion Conclusion, string By, DateTimeOffset At);

public sealed class MatterReader(PanelDb db)
{
    private const int MostLetters = 200;

    public async Task<MatterPage> ReadAsync(OpenMatter open, CancellationToken cancellationToken)
    {
        var (id, number) = (open.Matter.Id, open.Matter.Number);
        var history = await db.History.AsNoTracking().Where(h => h.StreamId == id).OrderBy(h => h.Sequence).Select(h => new { h.Before, h.After }).ToListAsync(cancellationToken);
        List<string> entered = [.. history.Where(h => h.Before != h.After).Select(h => h.After)];
        var stops = MatterRoute.Of(open.Matter, open.Route, entered);
        var actions = MatterActions.Of(open);
        var visible = LedgerQuery.Visible(db, open.Me);
        var linked = await visible.Where(m => m.LinkedNumber == number).OrderBy(m => m.Number).Select(m => new LinkedLine(m.Number, m.Title)).ToListAsync(cancellationToken);
        if (open.AsSponsor) return new(open, stops, actions, [], [], linked, [], false, Forms.CommandForm.NewKey());

        var letters = await db.Letters.AsNoTracking().Where(l => l.MatterId == id).OrderByDescending(l => l.CreatedAt).Take(MostLetters)
            .Select(l => new LetterLine(l.Id, l.Kind, l.ToName, l.ToAddress, l.CreatedAt, l.SentAt, l.FailedAt, l.Attempts, l.LastError)).ToListAsync(cancellationToken);
        var held = await db.InboundMails.AsNoTracking().Where(m => m.MatterId == id && (m.State == "held" || m.State == "filed" || (m.State == "discarded" && m.Reason == "closed"))).OrderByDescending(m => m.ReceivedAt)
            .Select(m => new HeldLine(m.Id, m.ReceivedAt, m.FromAddress ?? "", m.Subject ?? "", m.Reason ?? "", m.State, m.InvitationId, m.DecisionNote)).ToListAsync(cancellationToken);
        return new(open, stops, actions, letters, held, linked, await DraftsAsync(id, cancellationToken),
            open.Me.Is(Role.Secretariat), Forms.CommandForm.NewKey());
    }

    /// <summary>The matter keeps the last draft; the ones before are in its history.</summary>
    private async Task<IReadOnlyList<DraftLine>> DraftsAsync(Guid id, CancellationToken cancellationToken)
    {
        var saved = MatterCommands.NameOf(typeof(SaveDraft));
        var facts = await db.History.AsNoTracking().Where(h => h.StreamId == id && h.Command == saved).OrderBy(h => h.Sequence).Select(h => h.Facts).ToListAsync(cancellationToken);
        return [.. facts.SelectMany(f => JsonSerializer.Deserialize<List<Fact>>(f, MatterCommands.Json) ?? [])
            .Where(f => f.Type == MatterCommands.NameOf(typeof(DraftSaved))).Select(f => f.Data.Deserialize<DraftSaved>(MatterCommands.Json)?.Draft).OfType<ReviewDraft>()
            .Select(d => new DraftLine(d.Version, d.Conclusion, d.By.Name, d.At))];
    }

    private sealed record Fact(string Type, JsonElement Data);
}
