using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

/// <summary>A question to an expert about a held mail, asked by a letter to the registered address and answered once on the page behind its link.</summary>
public sealed class MailConfirmationRow : ITenantOwned
{
    /// <summary>The kind that asks whether a mail is the expert's own.</summary>
    public const string OfMail = "mail";

    /// <summary>The kind that asks whether another address is the expert's too.</summary>
    public const string OfAddress = "address";

    public const string Yes = "yes";

    public const string No = "no";

    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid MailId { get; set; }

    public string Kind { get; set; } = "";

    public Guid InvitationId { get; set; }

    public Guid ExpertId { get; set; }

    /// <summary>The address to be registered; only for <see cref="OfAddress"/>. Lower case.</summary>
    public string? NewAddress { get; set; }

    /// <summary>SHA-256 of the token; the token itself is derived when the letter is made and stands nowhere.</summary>
    public string TokenHash { get; set; } = "";

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>The end of the day on which the opinion is due.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary><see cref="Yes"/> or <see cref="No"/>; null until answered.</summary>
    public string? Answer { get; set; }
}

/// <summary>That a sender was written to on a day, so that no second notice follows: its key is the lock.</summary>
public sealed class MailNoticeRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Lower case.</summary>
    public string Sender { get; set; } = "";

    /// <summary>The day in China.</summary>
    public DateOnly Day { get; set; }

    public Guid MailId { get; set; }

    public Guid LetterId { get; set; }
}
