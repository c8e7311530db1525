using ExpertPanel.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

/// <summary>
/// A scope of a committee that is being brought up: one's own, or one below that does not run yet. From the day it is live, nobody above acts
/// in it.
/// </summary>
public static class CommitteeBelow
{
    private const int HighestLadder = 10;

    /// <returns>Null where there is no such committee, where it is not below, or where it is live; the caller disposes the scope.</returns>
    public static async Task<AsyncServiceScope?> EnterAsync(IServiceScopeFactory scopes, PanelDb own, string code, CancellationToken ct)
    {
        if (await own.Committees.AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct) is not { } named) return null;
        if (named.Id != own.TenantId && (named.Live || !await IsBelowAsync(own, named, ct))) return null;
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.EnterTenant(named.Id);
        return scope;
    }

    public static async Task<bool> IsBelowAsync(PanelDb own, CommitteeRow committee, CancellationToken ct)
    {
        var parent = committee.ParentCode;
        for (var rung = 0; parent is not null && rung < HighestLadder; rung++)
        {
            if (await own.Committees.AsNoTracking().Where(c => c.Code == parent).Select(c => new { c.Id, c.ParentCode }).SingleOrDefaultAsync(ct) is not { } upper) return false;
            if (upper.Id == own.TenantId) return true;
            parent = upper.ParentCode;
        }

        return false;
    }
}
