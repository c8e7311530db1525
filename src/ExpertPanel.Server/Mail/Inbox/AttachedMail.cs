namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>A mail that came inside another, opened one level and shown as what it is. What it says is never the sender's opinion by itself.</summary>
/// <param name="Name">The attachment's name, ending in .eml.</param>
public sealed record AttachedMail(string Name, string? From, string? Subject, string Text, IReadOnlyList<ReadAttachment> Attachments);
