using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

/// <summary>What the link alone tells: whose office asks, until when, and how the invitation stands. Nothing of the matter.</summary>
/// <param name="RoundClosed">An opinion can no longer be given or amended.</param>
public sealed record ReplyPlace(
    Guid TenantId, Guid InvitationId, Guid MatterId, Guid ExpertId, string OfficeName, string Contact, InvitationState State, bool RoundClosed,
    DateOnly AnswerBy, DateOnly Due)
{
    /// <summary>There is still something to do or to read behind the code.</summary>
    public bool IsLive => State is InvitationState.Invited or InvitationState.Accepted or InvitationState.Submitted;
}

/// <summary>Finds the invitation that a token stands for. The token only locates: it opens nothing and is not used up.</summary>
public sealed class ReplyDoor(PanelDbFactory databases, CommitteeSettings settings, TimeProvider clock)
{
    /// <summary>Null for whatever is no token of ours. A malformed token is hashed and looked up like any other, so that time tells nothing.</summary>
    public async Task<ReplyPlace?> FindAsync(string token, CancellationToken ct)
    {
        TenantWork? found;
        await using (var db = databases.Create(Guid.Empty)) found = await CrossTenant.FindInvitationAsync(db, ReplyTokens.HashOf(token));
        return found is null ? null : await DescribeAsync(found, ct);
    }

    private async Task<ReplyPlace> DescribeAsync(TenantWork found, CancellationToken ct)
    {
        await using var db = databases.Create(found.TenantId);
        var row = await db.Invitations.Where(i => i.Id == found.Id).Select(i => new { i.MatterId, i.ExpertId, i.AnswerBy, i.Due }).SingleAsync(ct);
        var office = await db.Committees.Where(c => c.Id == found.TenantId).Select(c => c.OfficeName).SingleAsync(ct);
        var matter = await OpenMatter.LoadAsync(db, row.MatterId, ct);
        var rules = await settings.RulesAsync(db, matter.RulesVersion, ct);
        // A panel drawn anew no longer knows the invitations of the draw before it.
        var invitation = matter.Panel?.Find(found.Id);
        return new(
            found.TenantId, found.Id, row.MatterId, row.ExpertId, office, rules.OfficeContact, invitation?.State ?? InvitationState.Withdrawn,
            invitation is null || !OpenMatter.TakesOpinions(matter, invitation, clock.GetUtcNow()), invitation?.AnswerBy ?? row.AnswerBy, invitation?.Due ?? row.Due);
    }
}

/// <summary>The matter as the expert who has entered may see it.</summary>
/// <param name="TakesOpinion">Neither the round nor the expert's own time is over.</param>
public sealed record OpenMatter(Matter Matter, Invitation Invitation, bool TakesOpinion)
{
    private static readonly FileKind[] ForExperts = [FileKind.DraftForReview, FileKind.Basis, FileKind.ProcedureStatement, FileKind.SubmissionLetter];

    /// <summary>An opinion can be given or amended.</summary>
    public bool CanWrite => TakesOpinion && Invitation.State is InvitationState.Accepted or InvitationState.Submitted;

    /// <summary>The papers that go to experts; notes and replies of the office do not.</summary>
    public IReadOnlyList<MatterFile> Materials => [.. Matter.Files.Where(f => ForExperts.Contains(f.Kind))];

    /// <summary>Before the pledge an expert sees what is needed to declare an interest; the papers themselves come after it (保密法 art. 43).</summary>
    public bool MayReadMaterials => CanWrite;

    public Actor Actor(string address) => Workflows.Actor.Expert(Invitation.ExpertId, Invitation.ExpertName, $"web {address}");

    internal static bool TakesOpinions(Matter matter, Invitation invitation, DateTimeOffset now) =>
        matter is { Ending: null, Panel.ClosedAt: null } && now < ChinaTime.EndOfDay(invitation.Due);

    internal static async Task<Matter> LoadAsync(PanelDb db, Guid matterId, CancellationToken ct) =>
        JsonSerializer.Deserialize<Matter>(await db.Matters.Where(m => m.Id == matterId).Select(m => m.State).SingleAsync(ct), MatterCommands.Json)
        ?? throw new InvalidOperationException("A matter without a state.");
}

/// <summary>Opens the matter behind an invitation. Only for who holds a <see cref="ReplySession"/>.</summary>
public sealed class ReplyDesk(PanelDbFactory databases, TimeProvider clock)
{
    /// <summary>Null once the invitation no longer belongs to the matter's panel.</summary>
    public async Task<OpenMatter?> OpenAsync(ReplyPlace place, CancellationToken ct)
    {
        await using var db = databases.Create(place.TenantId);
        var matter = await OpenMatter.LoadAsync(db, place.MatterId, ct);
        return matter.Panel?.Find(place.InvitationId) is { } invitation ? new(matter, invitation, OpenMatter.TakesOpinions(matter, invitation, clock.GetUtcNow())) : null;
    }
}
