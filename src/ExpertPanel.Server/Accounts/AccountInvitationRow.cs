namespace ExpertPanel.Server.Accounts;

/// <summary>An invitation to choose the password of a new account, good once and for some days.</summary>
public sealed class AccountInvitationRow : Tenancy.ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid UserId { get; set; }

    public string Address { get; set; } = "";

    /// <summary>SHA-256 of the token; the token itself is derived when the letter is made and stands nowhere.</summary>
    public string TokenHash { get; set; } = "";

    public DateTimeOffset InvitedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }
}
