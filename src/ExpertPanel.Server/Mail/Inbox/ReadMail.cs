using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExpertPanel.Server.Mail.Inbox;

[JsonConverter(typeof(JsonStringEnumConverter<MailKind>))]
public enum MailKind
{
    [JsonStringEnumMemberName("reply")] Reply,
    [JsonStringEnumMemberName("auto-reply")] AutoReply,
    [JsonStringEnumMemberName("bounce")] Bounce,
    [JsonStringEnumMemberName("loop")] Loop,
    [JsonStringEnumMemberName("unreadable")] Unreadable,
    [JsonStringEnumMemberName("oversized")] Oversized,
}

/// <summary>Count: well-formed, the caller still matches token, sender and authenticity. Hold: a person decides. Ignore: a machine wrote it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailVerdict>))]
public enum MailVerdict
{
    [JsonStringEnumMemberName("count")] Count,
    [JsonStringEnumMemberName("hold")] Hold,
    [JsonStringEnumMemberName("ignore")] Ignore,
}

[JsonConverter(typeof(JsonStringEnumConverter<DkimResult>))]
public enum DkimResult
{
    [JsonStringEnumMemberName("none")] None,
    [JsonStringEnumMemberName("pass")] Pass,
    [JsonStringEnumMemberName("fail")] Fail,
}

/// <summary>AlignedDomain is the signing domain of a passing signature that speaks for the From domain; null otherwise.</summary>
public sealed record MailAuthentication(DkimResult Dkim, string? AlignedDomain)
{
    public static MailAuthentication None { get; } = new(DkimResult.None, AlignedDomain: null);
}

public sealed record ReadAttachment(string Name, string Type, long Size, string Sha256)
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }
}

/// <summary>What the inbox makes of one incoming mail. The serialised form is a contract: expertpanel.read-mail/1.</summary>
public sealed record ReadMail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Schema { get; } = "expertpanel.read-mail/1";

    public required MailKind Kind { get; init; }

    public required MailVerdict Verdict { get; init; }

    public required string Reason { get; init; }

    public string? Token { get; init; }

    public string? From { get; init; }

    public MailAuthentication Authentication { get; init; } = MailAuthentication.None;

    public string? MessageId { get; init; }

    public required string Sha256 { get; init; }

    public string? Subject { get; init; }

    public string Text { get; init; } = "";

    public string Elided { get; init; } = "";

    public IReadOnlyList<ReadAttachment> Attachments { get; init; } = [];

    /// <summary>Mails that came inside this one, opened one level; among the attachments each stands as the file it is.</summary>
    [JsonIgnore]
    public IReadOnlyList<AttachedMail> AttachedMails { get; init; } = [];

    /// <summary>In order, these are the text as it came, to the letter.</summary>
    [JsonIgnore]
    public IReadOnlyList<TextSegment> Segments { get; init; } = [];

    [JsonIgnore]
    public string? InReplyTo { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The name beside the sender's address; anybody's claim.</summary>
    [JsonIgnore]
    public string? FromName { get; init; }

    /// <summary>SHA-256 of the signature that spoke for the sender's domain.</summary>
    [JsonIgnore]
    public string? Signature { get; init; }

    /// <summary>Only for a bounce: which address failed, on which of our letters, and whether for good.</summary>
    [JsonIgnore]
    public string? FailedRecipient { get; init; }

    [JsonIgnore]
    public string? OriginalMessageId { get; init; }

    [JsonIgnore]
    public bool PermanentFailure { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
