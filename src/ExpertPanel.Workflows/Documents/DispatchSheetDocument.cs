namespace ExpertPanel.Workflows.Documents;

/// <summary>发文稿纸: who drafted, checked, countersigned, approved, signed off and sealed one document, and when.</summary>
public sealed record DispatchSheetDocument
{
    public required string Office { get; init; }

    public required string Title { get; init; }

    /// <summary>Absent until sign-off.</summary>
    public string? Number { get; init; }

    public required string PrimaryRecipient { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Attachments { get; init; } = [];

    public string? Secrecy { get; init; }

    public string? Urgency { get; init; }

    /// <summary>印数.</summary>
    public int? Copies { get; init; }

    /// <summary>拟稿.</summary>
    public required HandlingStep Drafted { get; init; }

    /// <summary>核稿.</summary>
    public HandlingStep? Verified { get; init; }

    /// <summary>会签, one per unit that signed along.</summary>
    public IReadOnlyList<HandlingStep> Countersigned { get; init; } = [];

    /// <summary>审核.</summary>
    public HandlingStep? Approved { get; init; }

    /// <summary>签发.</summary>
    public HandlingStep? SignedOff { get; init; }

    /// <summary>用印.</summary>
    public HandlingStep? Sealed { get; init; }

    public DateOnly? IssuedOn { get; init; }
}

/// <summary>One person's hand on the draft: the unit, the person, the remark and the moment.</summary>
public sealed record HandlingStep(string? Unit, string Person, string? Opinion, DateTimeOffset? At);
