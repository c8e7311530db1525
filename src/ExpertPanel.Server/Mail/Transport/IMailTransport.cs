using MimeKit;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>One way for a letter to leave. The letter brings its Message-ID, the same at every attempt.</summary>
public interface IMailTransport
{
    Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken ct);
}

public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The next server has taken the letter over.</summary>
    public sealed record Accepted : DeliveryOutcome;

    /// <summary>Try later. UnknownOutcome: the letter may have been taken over all the same, so that a copy with the same Message-ID is possible.</summary>
    public sealed record Retry(string Reason, bool UnknownOutcome) : DeliveryOutcome;

    /// <summary>There is no such mailbox; the address is to be marked.</summary>
    public sealed record RecipientRejected(string Reason) : DeliveryOutcome;

    /// <summary>Refused for good, for another cause than the address; staff must see it.</summary>
    public sealed record Failed(string Reason) : DeliveryOutcome;
}
