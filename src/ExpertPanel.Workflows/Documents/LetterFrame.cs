namespace ExpertPanel.Workflows.Documents;

/// <summary>What every official letter carries around its text.</summary>
public sealed record LetterFrame
{
    /// <summary>发文机关: the office that signs, by its full name on the day of issue.</summary>
    public required string Office { get; init; }

    /// <summary>发文机关标志: the red name at the head; the office's name unless it uses a standard short form.</summary>
    public string? RedHead { get; init; }

    /// <summary>发文字号, such as 甘政法函〔2014〕12号. Absent on a draft: the number comes only after sign-off.</summary>
    public string? Number { get; init; }

    /// <summary>标题.</summary>
    public required string Title { get; init; }

    /// <summary>主送.</summary>
    public required string PrimaryRecipient { get; init; }

    /// <summary>抄送.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>密级标志. State secrets never enter the system: what may stand here is 工作秘密 or 内部.</summary>
    public string? Secrecy { get; init; }

    /// <summary>紧急程度: 加急, 特急.</summary>
    public string? Urgency { get; init; }

    /// <summary>签发人. Printed only on a letter that goes upward (上行文).</summary>
    public string? Signer { get; init; }

    /// <summary>上行文: the recipient is the office's own government.</summary>
    public bool Upward { get; init; }

    /// <summary>成文日期, the day of sign-off. Absent on a draft.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>联系人.</summary>
    public ContactPerson? Contact { get; init; }

    /// <summary>附件, by their names.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>印发机关 and 印发日期. GB/T 9704-2012 10.1 leaves them out of the letter form, so absent is the rule here.</summary>
    public ImprintLine? Imprint { get; init; }
}

public sealed record ContactPerson(string Name, string Telephone);

public sealed record ImprintLine(string Issuer, DateOnly PrintedOn);
