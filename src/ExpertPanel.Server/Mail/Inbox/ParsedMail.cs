using MimeKit;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>What the filters look at.</summary>
public sealed record ParsedMail
{
    public required MimeMessage Message { get; init; }

    /// <summary>The reply alone, its quotes and footers cut off into Elided.</summary>
    public required string Text { get; init; }

    public required string Elided { get; init; }

    public required IReadOnlyList<ReadAttachment> Attachments { get; init; }

    /// <summary>Why the text could not be read whole, or null.</summary>
    public string? TextFault { get; init; }

    /// <summary>Every different well-formed token among the recipients.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    public required ReadMailOptions Limits { get; init; }

    public string? Header(string name) => Message.Headers[name]?.Trim();
}
