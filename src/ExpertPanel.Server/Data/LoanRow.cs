namespace ExpertPanel.Server.Data;

/// <summary>State of a loan: asked for, lent, refused, or at its end.</summary>
public enum LoanState
{
    Asked,
    Lent,
    Refused,
    Ended,
}

/// <summary>
/// An expert of an upper bank whom a lower committee borrows (国务院令第713号第21条). The one row that two committees share: each sees the
/// loans in which it lends or borrows, and no others.
/// </summary>
public sealed class LoanRow
{
    public Guid Id { get; set; }

    public Guid BorrowerId { get; set; }

    public Guid LenderId { get; set; }

    public string BorrowerName { get; set; } = "";

    public string LenderCode { get; set; } = "";

    public string LenderName { get; set; } = "";

    /// <summary>The expert's own card, in the lender's bank.</summary>
    public Guid ExpertId { get; set; }

    public string BankNumber { get; set; } = "";

    public string ExpertName { get; set; } = "";

    public LoanState State { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>The last day of the loan; asked for by the borrower, set by the lender.</summary>
    public DateOnly Until { get; set; }

    public string AskedBy { get; set; } = "";

    public DateTimeOffset AskedAt { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused or ended.</summary>
    public string? Answer { get; set; }

    /// <summary>When the expert said yes: nobody is lent unasked.</summary>
    public DateOnly? ExpertConsentedOn { get; set; }

    /// <summary>The card as the lender shows it to the borrower; see <c>LentCard</c>.</summary>
    public string CardJson { get; set; } = "";

    /// <summary>Grows with each change of the card or the loan that the borrower's bank must learn of.</summary>
    public int CardVersion { get; set; }

    /// <summary>Up to where the borrower's bank has it.</summary>
    public int CarriedVersion { get; set; }

    /// <summary>The guest's card in the borrower's bank, once there.</summary>
    public Guid? GuestId { get; set; }

    /// <summary>Why the borrower's bank could not take the card; null when it could.</summary>
    public string? Fault { get; set; }

    public int Version { get; set; }
}
