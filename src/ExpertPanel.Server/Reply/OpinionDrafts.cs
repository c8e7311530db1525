using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

/// <summary>An opinion as the form holds it: anything may still be missing.</summary>
public sealed record OpinionDraft(OpinionStand? Stand, string Text, string? Suggestions, bool Dissent, IReadOnlyList<OpinionFile> Files, DateTimeOffset? SavedAt)
{
    public static OpinionDraft Empty { get; } = new(null, "", null, false, [], null);

    public bool SaysTheSame(OpinionDraft other) =>
        Stand == other.Stand && Text == other.Text && Suggestions == other.Suggestions && Dissent == other.Dissent
        && Files.Select(f => f.Id).SequenceEqual(other.Files.Select(f => f.Id));

    public static OpinionDraft Of(LegalOpinion opinion) => new(opinion.Stand, opinion.Text, opinion.Suggestions, opinion.Dissent, opinion.Files, null);

    /// <summary>
    /// With what an uploaded 专家意见表 says in every field that is still empty; nothing that was typed is written over.
    /// </summary>
    /// <param name="form">The form.</param>
    /// <param name="stand">Its conclusion, where it is one that can be submitted.</param>
    public OpinionDraft FilledBy(OpinionForm form, OpinionStand? stand) => this with
    {
        Stand = Stand ?? stand,
        Text = string.IsNullOrWhiteSpace(Text) ? Clean(form.Text) : Text,
        Suggestions = string.IsNullOrWhiteSpace(Suggestions) && form.Suggestions.Length > 0 ? Clean(form.Suggestions) : Suggestions,
        Dissent = Dissent || form.Dissent,
    };

    /// <summary>As typed: line ends of one kind, and no NUL, which PostgreSQL can't store.</summary>
    public static string Clean(string? typed) => (typed ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
}

/// <param name="Changed">False when nothing was different and nothing was written.</param>
public sealed record DraftSaved(OpinionDraft Draft, bool Changed);

/// <summary>Keeps what an expert writes until it is submitted. Losing the session, the browser or the telephone loses none of it.</summary>
public sealed class OpinionDrafts(PanelDbFactory databases, TimeProvider clock)
{
    private const int Races = 3;

    /// <summary>The draft; without one, the last version of the opinion to amend; without that, nothing yet.</summary>
    public async Task<OpinionDraft> LoadAsync(ReplyPlace place, OpenMatter open, CancellationToken ct)
    {
        await using var db = databases.Create(place.TenantId);
        return await FindAsync(db, place, open, ct) ?? (open.Invitation.Opinions is [.., var last] ? OpinionDraft.Of(last) : OpinionDraft.Empty);
    }

    /// <summary>Whether something is being written that was not submitted.</summary>
    public async Task<bool> IsWaitingAsync(ReplyPlace place, OpenMatter open, CancellationToken ct)
    {
        await using var db = databases.Create(place.TenantId);
        return await FindAsync(db, place, open, ct) is { } draft
            && !(open.Invitation.Opinions is [.., var last] && OpinionDraft.Of(last).SaysTheSame(draft));
    }

    /// <summary>Saves the words, and the attachments that came or went with them, at once.</summary>
    public async Task<DraftSaved> SaveAsync(
        ReplyPlace place, OpenMatter open, OpinionDraft words, IReadOnlyList<FileRow> added, Guid? removed, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await databases.Gate.EnterAsync(ct);
                await using var db = databases.Create(place.TenantId);
                return await TrySaveAsync(db, place, open, words, added, removed, ct);
            }
            catch (DbUpdateException race) when (attempt < Races && DatabaseFaults.IsRace(race))
            {
                // Two tabs saved the first draft at once; the second finds the row now.
                await Task.Yield();
            }
        }
    }

    public async Task DropAsync(ReplyPlace place, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(place.TenantId);
        await db.OpinionDrafts.Where(d => d.InvitationId == place.InvitationId).ExecuteDeleteAsync(ct);
    }

    private async Task<DraftSaved> TrySaveAsync(
        PanelDb db, ReplyPlace place, OpenMatter open, OpinionDraft words, IReadOnlyList<FileRow> added, Guid? removed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = await LoadFromAsync(db, place, open, ct);
        var kept = before.Files.Where(f => f.Id != removed).ToList();
        var fresh = added.Where(a => kept.TrueForAll(k => k.Sha256 != a.Sha256)).DistinctBy(a => a.Sha256).ToList();
        var after = words with { Files = [.. kept, .. fresh.Select(f => new OpinionFile(f.Id, f.Name, f.MediaType, f.Size, f.Sha256))], SavedAt = now };
        if (after.SaysTheSame(before)) return new(before, Changed: false);

        var row = await db.OpinionDrafts.SingleOrDefaultAsync(d => d.InvitationId == place.InvitationId, ct);
        if (row is null) db.OpinionDrafts.Add(row = new() { InvitationId = place.InvitationId });
        row.Stand = after.Stand?.ToString() ?? "";
        (row.Text, row.Suggestions, row.Dissent, row.SavedAt) = (after.Text, after.Suggestions, after.Dissent, now);
        row.Files = JsonSerializer.Serialize(after.Files, MatterCommands.Json);
        db.Files.AddRange(fresh);
        // What a submitted version carries stays for ever; what was only tried out goes.
        if (removed is { } id && before.Files.Any(f => f.Id == id) && !open.Invitation.Opinions.SelectMany(o => o.Files).Any(f => f.Id == id))
            await db.Files.Where(f => f.Id == id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
        return new(after, Changed: true);
    }

    private static async Task<OpinionDraft> LoadFromAsync(PanelDb db, ReplyPlace place, OpenMatter open, CancellationToken ct) =>
        await FindAsync(db, place, open, ct) ?? (open.Invitation.Opinions is [.., var last] ? OpinionDraft.Of(last) : OpinionDraft.Empty);

    /// <summary>A draft older than the opinion was left behind by a crash between submitting and tidying up; it counts for nothing.</summary>
    private static async Task<OpinionDraft?> FindAsync(PanelDb db, ReplyPlace place, OpenMatter open, CancellationToken ct)
    {
        var row = await db.OpinionDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.InvitationId == place.InvitationId, ct);
        if (row is null || (open.Invitation.Opinions is [.., var last] && row.SavedAt <= last.At)) return null;
        return new(
            Enum.TryParse<OpinionStand>(row.Stand, out var stand) ? stand : null, row.Text, row.Suggestions, row.Dissent,
            JsonSerializer.Deserialize<List<OpinionFile>>(row.Files, MatterCommands.Json) ?? [], row.SavedAt);
    }
}
