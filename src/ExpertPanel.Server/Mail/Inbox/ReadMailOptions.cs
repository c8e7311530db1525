namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The walls around reading: no mail may cost more than this, whoever wrote it.</summary>
public sealed record ReadMailOptions
{
    public static ReadMailOptions Default { get; } = new();

    public long MaxBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Header parsing costs the square of the block's length, so a longer block is never parsed.</summary>
    public int MaxHeaderBytes { get; init; } = 64 * 1024;

    public int MaxDepth { get; init; } = 20;

    public int MaxParts { get; init; } = 200;

    /// <summary>RFC 5321, 6.3: a hundred hops at the most; no honest mail needs thirty.</summary>
    public int MaxReceived { get; init; } = 30;

    public int MaxTextCharacters { get; init; } = 2_000_000;

    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The address our letters come from; a mail from it has come back to its sender.</summary>
    public string? OwnMailbox { get; init; }
}
