using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What writes a row of the committee's history meets other writers; who loses begins anew.</summary>
internal static class LostRaces
{
    private const int Tries = 8;

    public static async Task<T> AgainAsync<T>(TimeProvider clock, Func<Task<T>> write, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (DbUpdateException race) when (attempt < Tries && (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * 7), clock, ct);
            }
        }
    }
}
