using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Processes;

/// <summary>A fault in the history: which stream, which row, what is wrong.</summary>
public sealed record AuditFault(Guid Stream, int Sequence, string Code, string Message);

public sealed record AuditReport(int Streams, int Rows, IReadOnlyList<AuditFault> Faults)
{
    public bool Intact => Faults.Count == 0;
}

/// <summary>
/// Walks every chain of a committee and names each row that was edited, is missing or stands out of order; a cut tail shows against the
/// head kept with the matter, an edited state against its last hash, a removed matter as a gap in the receipt numbers.
/// </summary>
public static class AuditCheck
{
    public static async Task<AuditReport> RunAsync(PanelDb db, CancellationToken ct)
    {
        var faults = new List<AuditFault>();
        var (rows, streams) = (0, 0);
        var heads = await db.Matters.AsNoTracking().Select(m => new { m.Id, m.Version, m.HistoryHead, m.State }).ToDictionaryAsync(m => m.Id, ct);
        var committee = await db.Committees.AsNoTracking().SingleAsync(c => c.Id == db.TenantId, ct);
        HistoryRow? last = null;
        var faulty = false;

        await foreach (var row in db.History.AsNoTracking().OrderBy(h => h.StreamId).ThenBy(h => h.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            rows++;
            if (last?.StreamId != row.StreamId)
            {
                EndStream(last);
                (last, faulty) = (null, false);
                streams++;
            }

            if (!faulty && Problem(row, last) is { } problem)
            {
                faulty = true;
                faults.Add(problem);
            }

            last = row;
        }

        EndStream(last);
        faults.AddRange(heads.Keys.Select(id => new AuditFault(id, 0, "history.missing", "事项没有任何办理记录 / the matter has no history at all")));
        faults.AddRange(await GapsAsync(db, ct));
        return new(streams, rows, faults);

        void EndStream(HistoryRow? end)
        {
            if (end is null) return;
            if (end.StreamId == committee.Id)
            {
                if (!faulty && (committee.Version != end.Sequence || committee.HistoryHead != end.Hash)) faults.Add(Cut(end, committee.Version));
                return;
            }

            if (!heads.Remove(end.StreamId, out var head))
                faults.Add(new(end.StreamId, end.Sequence, "matter.missing", "办理记录所属的事项已不存在 / the matter of this history is gone"));
            else if (!faulty && (head.Version != end.Sequence || head.HistoryHead != end.Hash))
                faults.Add(Cut(end, head.Version));
            else if (!faulty && HistoryChain.HashOf(head.State) != end.StateHash)
                faults.Add(new(end.StreamId, end.Sequence, "state.edited", "事项现状与最后一条记录不符 / the matter's state is not what its last row sealed"));
        }
    }

    private static AuditFault? Problem(HistoryRow row, HistoryRow? last)
    {
        if (row.Sequence != (last?.Sequence ?? 0) + 1)
            return new(row.StreamId, (last?.Sequence ?? 0) + 1, "row.missing", $"缺少第 {(last?.Sequence ?? 0) + 1} 条记录 / row {(last?.Sequence ?? 0) + 1} is missing");
        if (row.PreviousHash != (last?.Hash ?? HistoryChain.Genesis))
            return new(row.StreamId, row.Sequence, "row.reordered", $"第 {row.Sequence} 条记录与前一条不衔接 / row {row.Sequence} does not follow the row before");
        return HistoryChain.HashOf(row) != row.Hash
            ? new(row.StreamId, row.Sequence, "row.edited", $"第 {row.Sequence} 条记录被改动 / row {row.Sequence} was edited")
            : null;
    }

    private static AuditFault Cut(HistoryRow end, int version) =>
        new(end.StreamId, end.Sequence + 1, "tail.missing", $"第 {end.Sequence} 条之后的记录缺失（应有 {version} 条） / rows after {end.Sequence} are missing");

    private static async Task<IEnumerable<AuditFault>> GapsAsync(PanelDb db, CancellationToken ct)
    {
        var series = await db.NumberSeries.AsNoTracking().Where(s => s.Code == "收文").ToListAsync(ct);
        // Without the office's code, which a committee may change between two matters.
        var numbers = (await db.Matters.Select(m => m.Number).ToListAsync(ct)).Select(n => n[(n.IndexOf('-', StringComparison.Ordinal) + 1)..]).ToHashSet();
        return from s in series
               from serial in Enumerable.Range(1, s.Last)
               let number = $"{s.Year}-{serial:0000}"
               where !numbers.Contains(number)
               select new AuditFault(db.TenantId, 0, "matter.missing", $"收文编号 {number} 没有对应的事项 / no matter has the number {number}");
    }
}
