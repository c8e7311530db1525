using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

public static class TenantEntry
{
    /// <summary>
    /// Enters a committee in this scope. The request's unit of work exists as soon as the session is checked, before anybody knows the
    /// committee; so both are told.
    /// </summary>
    public static void EnterTenant(this IServiceProvider scope, Guid tenantId)
    {
        scope.GetRequiredService<CurrentTenant>().Enter(tenantId);
        scope.GetRequiredService<PanelDb>().TenantId = tenantId;
    }
}
