using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Processes;

/// <summary>The bank screened against one matter, for people to read; the same rules that a step asks.</summary>
public sealed class ConflictReader(StepPreparation preparation)
{
    /// <summary>Every finding about every expert of the bank, in the order of bank numbers, and which of them wait for a person.</summary>
    public async Task<ConflictList> ReadAsync(
        PanelDb db, Matter matter, Workflows.Routes.Route route, CommitteeRules rules, WorkingCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var at = await preparation.ForScreeningAsync(
            db, new() { Now = now, Actor = Actor.System("page"), Route = route, Rules = rules, Calendar = calendar, NewId = Guid.Empty }, matter, ct);
        var screening = new MatterScreening(matter, at);
        var waiting = screening.Waiting(at.Pool, now, rules.MaxOpenReviews).ToList();
        var told = matter.WaitingNearMatches.ToList();
        var seated = (matter.Panel?.Invitations ?? []).Where(i => i.IsOpen || i.Counted is not null).Select(i => i.BankNumber).Concat(told.Select(n => n.BankNumber)).ToHashSet();
        waiting.AddRange(at.Pool.Where(p => seated.Contains(p.Candidate.Id)).SelectMany(screening.Judge).Where(j => j.Waits && !waiting.Contains(j)));
        var gone = told.Where(n => !waiting.Any(j => j.Expert.Candidate.Id == n.BankNumber && j.Finding.Key == n.Finding)).ToList();
        return new(waiting, gone, [.. at.Pool.SelectMany(screening.Judge).Where(j => j.Bars)], [.. at.Pool.Select(p => screening.Of(p).Line is { } line ? new LineMember(p, line) : null).OfType<LineMember>()]);
    }
}

/// <param name="Waiting">Near matches to decide.</param>
/// <param name="Gone">Near matches that somebody was told of and that a change of the card or the table of names has removed since.</param>
/// <param name="Barred">Who is kept out, and why.</param>
/// <param name="Line">Civil servants of the sponsor's line.</param>
public sealed record ConflictList(IReadOnlyList<JudgedFinding> Waiting, IReadOnlyList<NearMatch> Gone, IReadOnlyList<JudgedFinding> Barred, IReadOnlyList<LineMember> Line);

public sealed record LineMember(PoolMember Expert, LineDepartment Line);
