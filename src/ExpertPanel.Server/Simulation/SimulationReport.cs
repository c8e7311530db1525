using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Simulation;

/// <summary>What a simulated year came to (CONTRACTS section 3), read from the database that it filled.</summary>
internal sealed record SimulationReport(
    string Schema, int Year, SimulationReport.MatterFigures Matters, int Experts, int Seats, SimulationReport.InvitationFigures Invitations,
    SimulationReport.OpinionFigures Opinions, SimulationReport.LetterFigures Letters, int Held, SimulationReport.DocumentFigures Documents,
    int Steps, double Seconds, double StepsPerSecond, string Audit, int Stuck)
{
    public static async Task<SimulationReport> ReadAsync(PanelDb db, int year, double seconds, CancellationToken ct)
    {
        var matters = await db.Matters.Select(m => new { m.Stage, m.Ending, m.ClosedAt }).ToListAsync(ct);
        var invitations = await db.Invitations.GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var accepted = await db.History.CountAsync(h => h.Command == "acceptInvitation", ct);
        // One transaction is one step; what followed by itself within it is told apart by its origin.
        var steps = await db.History.CountAsync(h => h.Origin != "route" && h.StreamId != h.TenantId, ct);
        var byMail = await db.InboundMails.CountAsync(m => m.State == "counted", ct);
        var submitted = await db.History.CountAsync(h => h.Command == "submitOpinion", ct);
        var audit = await AuditCheck.RunAsync(db, ct);
        return new(
            "expertpanel.simulate/1", year,
            new(matters.Count, matters.Count(m => m.Stage == "archived"), matters.Count(m => m.Ending == "Declined"), matters.Count(m => m.Ending == "Withdrawn"),
                matters.Count(m => m.ClosedAt is null)),
            await db.Experts.CountAsync(ct), await db.Experts.CountAsync(e => e.CommitteeMember, ct),
            new(invitations.Values.Sum(), accepted + byMail, Count(InvitationState.Declined), Count(InvitationState.Lapsed), Count(InvitationState.Recused)),
            new(submitted - byMail, byMail), new(await db.Letters.CountAsync(l => l.SentAt != null, ct)),
            await db.InboundMails.CountAsync(m => m.State == "held", ct), new(await db.Matters.CountAsync(m => m.DocumentNumber != null, ct)),
            steps, Math.Round(seconds, 3), Math.Round(steps / seconds, 1), audit.Intact ? "intact" : audit.Faults[0].Message,
            matters.Count(m => m.ClosedAt is null || (m.Ending is null && m.Stage != "archived")));

        int Count(InvitationState state) => invitations.GetValueOrDefault(state.ToString());
    }

    internal sealed record MatterFigures(int Registered, int Closed, int Declined, int Withdrawn, int Open);

    internal sealed record InvitationFigures(int Sent, int Accepted, int Declined, int Lapsed, int Recused);

    internal sealed record OpinionFigures(int Web, int Mail);

    internal sealed record LetterFigures(int Sent);

    internal sealed record DocumentFigures(int Issued);
}
