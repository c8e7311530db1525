using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Reply;

/// <summary>查阅记录: who entered, and who took which paper, in the committee's own chained history (保密法 art. 43: need to know, on record).</summary>
public sealed class ReplyAccess(PanelDbFactory databases, CommitteeHistory history, ILogger<ReplyAccess> log)
{
    public const string Entered = "enterReply";
    public const string Refused = "refuseReplyCode";
    public const string FileOpened = "openReplyFile";

    private const int Races = 12;

    public async Task RecordAsync(ReplyPlace place, Actor actor, string what, object facts, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await databases.Gate.EnterAsync(ct);
                await using var db = databases.Create(place.TenantId);
                await history.AppendAsync(db, actor, what, facts, ct);
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateException race) when (attempt < Races && (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race)))
            {
                log.LogInformation("The committee's history grew meanwhile; {What} is written behind it", what);
            }
        }
    }

    /// <summary>The expert behind a link, before the matter is open.</summary>
    public async Task<Actor> ActorAsync(ReplyPlace place, string address, CancellationToken ct)
    {
        await using var db = databases.Create(place.TenantId);
        return Actor.Expert(place.ExpertId, await db.Experts.Where(e => e.Id == place.ExpertId).Select(e => e.Name).SingleAsync(ct), $"web {address}");
    }
}
