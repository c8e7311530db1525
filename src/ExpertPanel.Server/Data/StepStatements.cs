namespace ExpertPanel.Server.Data;

/// <summary>
/// What every step and every letter writes under a condition that a row's key alone doesn't say, prepared once a connection; beside
/// <see cref="PreparedWrites"/>. Each statement names its committee: the change tracker's wall does not stand here.
/// </summary>
internal static class StepStatements
{
    /// <summary>Claims letters one by one, by compare-and-set: whoever lost the race for one finds it claimed. Hold a transaction around it.</summary>
    /// <returns>How many are claimed now.</returns>
    public static async Task<int> ClaimLettersAsync(PanelDb db, IEnumerable<Guid> ids, string claim, DateTimeOffset until, DateTimeOffset now, CancellationToken ct)
    {
        var won = 0;
        foreach (var id in ids)
            won += await PreparedWrites.RunAsync<LetterRow>(
                db, nameof(ClaimLettersAsync),
                letters => $"""
                    UPDATE {letters.Name} SET {letters[nameof(LetterRow.ClaimedBy)]} = @p0, {letters[nameof(LetterRow.ClaimedUntil)]} = @p1
                    WHERE {letters[nameof(LetterRow.TenantId)]} = @p2 AND {letters[nameof(LetterRow.Id)]} = @p3
                      AND {letters[nameof(LetterRow.SentAt)]} IS NULL AND {letters[nameof(LetterRow.FailedAt)]} IS NULL AND {letters[nameof(LetterRow.NextAttemptAt)]} <= @p4
                      AND ({letters[nameof(LetterRow.ClaimedUntil)]} IS NULL OR {letters[nameof(LetterRow.ClaimedUntil)]} < @p5)
                    """,
                [
                    (nameof(LetterRow.ClaimedBy), claim), (nameof(LetterRow.ClaimedUntil), until), (nameof(LetterRow.TenantId), db.TenantId), (nameof(LetterRow.Id), id),
                    (nameof(LetterRow.NextAttemptAt), now), (nameof(LetterRow.ClaimedUntil), now),
                ], ct);
        return won;
    }

    /// <summary>Marks a question as answered by nothing, unless somebody has marked it meanwhile.</summary>
    public static Task SettleTimerAsync(PanelDb db, Guid id, DateTimeOffset now, CancellationToken ct) => PreparedWrites.RunAsync<TimerRow>(
        db, nameof(SettleTimerAsync),
        timers => $"""
            UPDATE {timers.Name} SET {timers[nameof(TimerRow.FiredAt)]} = @p0, {timers[nameof(TimerRow.Outcome)]} = @p1
            WHERE {timers[nameof(TimerRow.TenantId)]} = @p2 AND {timers[nameof(TimerRow.Id)]} = @p3 AND {timers[nameof(TimerRow.FiredAt)]} IS NULL
            """,
        [(nameof(TimerRow.FiredAt), now), (nameof(TimerRow.Outcome), "nothing"), (nameof(TimerRow.TenantId), db.TenantId), (nameof(TimerRow.Id), id)], ct);

    /// <summary>Counts a series on by one. The row stays locked until the transaction ends: whoever comes second waits until the number is taken or given back.</summary>
    /// <returns>False where the series has not begun.</returns>
    public static async Task<bool> CountOnAsync(PanelDb db, string code, int year, CancellationToken ct) => await PreparedWrites.RunAsync<NumberSeriesRow>(
        db, nameof(CountOnAsync),
        series => $"""
            UPDATE {series.Name} SET {series[nameof(NumberSeriesRow.Last)]} = {series[nameof(NumberSeriesRow.Last)]} + 1
            WHERE {series[nameof(NumberSeriesRow.TenantId)]} = @p0 AND {series[nameof(NumberSeriesRow.Code)]} = @p1 AND {series[nameof(NumberSeriesRow.Year)]} = @p2
            """,
        [(nameof(NumberSeriesRow.TenantId), db.TenantId), (nameof(NumberSeriesRow.Code), code), (nameof(NumberSeriesRow.Year), year)], ct) == 1;
}
