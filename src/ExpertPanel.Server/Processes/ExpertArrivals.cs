using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>From when an expert stands for these specialties.</summary>
internal sealed record Presence(DateTimeOffset At, IReadOnlyList<string> Specialties);

/// <summary>When experts joined, came back from leave or took up a specialty. The cards say how it is, the history of their changes how it came to be.</summary>
internal static class ExpertArrivals
{
    /// <summary>Arrivals by bank number that the recorded changes since then tell of.</summary>
    public static async Task<ILookup<string, Presence>> FromHistoryAsync(PanelDb db, DateTimeOffset since, CancellationToken ct)
    {
        var rows = await db.History.Where(h => h.StreamId == db.TenantId && h.Command == CommitteeHistory.ExpertChanged && h.At >= since)
            .OrderBy(h => h.Sequence).Select(h => new { h.At, h.Facts }).ToListAsync(ct);
        return rows.Select(row => (row.At, Change: JsonSerializer.Deserialize<CardChange>(row.Facts, MatterCommands.Json)))
            .SelectMany(row => row.Change is { } change ? Of(change, row.At).Select(presence => (change.Expert, presence)) : [])
            .ToLookup(one => one.Expert, one => one.presence);
    }

    /// <summary>The beginning of the term, and the end of the leave that stands on the card.</summary>
    public static IEnumerable<Presence> FromCard(ExpertRow expert)
    {
        yield return new(ChinaTime.At(expert.TermFrom, 0), expert.Specialties);
        if (expert is { LeaveFrom: not null, LeaveTo: { } last }) yield return new(ChinaTime.EndOfDay(last), expert.Specialties);
    }

    private static IEnumerable<Presence> Of(CardChange change, DateTimeOffset at)
    {
        var (before, after) = (change.Before, change.After);
        if (after.Specialties.Except(before.Specialties).ToList() is { Count: > 0 } added) yield return new(at, added);
        var day = ChinaTime.LocalDate(at);
        if (before.IsAway(day) && !after.IsAway(day)) yield return new(at, after.Specialties);
        else if (before is { LeaveFrom: not null, LeaveTo: { } last } && last < day) yield return new(ChinaTime.EndOfDay(last), before.Specialties);
    }

    private sealed record CardChange(string Expert, CardFacts Before, CardFacts After);

    private sealed record CardFacts(IReadOnlyList<string> Specialties, DateOnly? LeaveFrom, DateOnly? LeaveTo)
    {
        public bool IsAway(DateOnly day) => LeaveFrom <= day && (LeaveTo is null || day <= LeaveTo);
    }
}

/// <summary>What the others of a specialty had been asked when somebody arrived.</summary>
internal sealed class ArrivalLevels(IReadOnlyList<(Guid Id, IReadOnlyList<string> Specialties)> experts, ILookup<Guid, DateTimeOffset> asked)
{
    private readonly Dictionary<(string Specialty, DateTimeOffset At), (int Asked, int Experts)> known = [];

    /// <summary>Of the specialties taken up it is the busiest that counts: nobody gains by taking up a second one beside it.</summary>
    public Arrival Of(Guid expert, Presence presence)
    {
        var own = asked[expert].Count(at => at < presence.At);
        var others = presence.Specialties.Select(specialty => All(specialty, presence.At))
            .Select(all => (Asked: all.Asked - own, Experts: all.Experts - 1)).Where(rest => rest.Experts > 0)
            .DefaultIfEmpty((Asked: 0, Experts: 0)).MaxBy(rest => rest.Experts == 0 ? 0 : (double)rest.Asked / rest.Experts);
        return new(presence.At, others.Asked, others.Experts);
    }

    private (int Asked, int Experts) All(string specialty, DateTimeOffset at)
    {
        if (known.TryGetValue((specialty, at), out var found)) return found;
        var holders = experts.Where(one => one.Specialties.Contains(specialty)).ToList();
        return known[(specialty, at)] = (holders.Sum(one => asked[one.Id].Count(moment => moment < at)), holders.Count);
    }
}
