using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Processes;

/// <summary>Takes the next number of a series inside the step's transaction: a refused step gives it back, so no gap and no double.</summary>
internal static class NumberSeries
{
    public static async Task<int> TakeAsync(PanelDb db, string code, int year, CancellationToken ct)
    {
        // The update takes the row's lock first; whoever comes second waits until the first has committed or given the number back.
        if (await StepStatements.CountOnAsync(db, code, year, ct)) return await StepQueries.LastNumberAsync(db, code, year);
        db.NumberSeries.Add(new() { Code = code, Year = year, Last = 1 });
        await db.SaveChangesAsync(ct);
        return 1;
    }
}
