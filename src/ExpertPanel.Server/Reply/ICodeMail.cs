namespace ExpertPanel.Server.Reply;

/// <summary>Sends a code at once, past the outbox: a code that arrives in half an hour is of no use, and it must stand nowhere at rest.</summary>
public interface ICodeMail
{
    /// <returns>Whether the next mail server took it over.</returns>
    Task<bool> SendAsync(Guid tenantId, string expertAddress, string expertName, string officeName, string code, CancellationToken ct);
}
