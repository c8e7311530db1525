namespace ExpertPanel.Server.Tenancy;

/// <summary>The committee whose data this request or job may see. Without one, every query returns nothing.</summary>
public sealed class CurrentTenant
{
    public Guid Id { get; private set; }

    public bool IsSet => Id != Guid.Empty;

    /// <exception cref="InvalidOperationException">A request never changes its tenant.</exception>
    public void Enter(Guid tenantId)
    {
        if (IsSet && Id != tenantId) throw new InvalidOperationException("This scope already belongs to another committee.");
        Id = tenantId;
    }
}

/// <summary>A row that belongs to one committee.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; set; }
}
