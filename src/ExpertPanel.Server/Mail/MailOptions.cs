using ExpertPanel.Server.Mail.Transport;
using MimeKit;

namespace ExpertPanel.Server.Mail;

public enum MailTransportKind
{
    Files,
    Smtp,
}

public enum MailSourceKind
{
    Files,
    Imap,
}

/// <summary>Section <c>Mail</c>. The defaults need nothing installed: letters are files under App_Data/mail.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransportKind Transport { get; set; }

    public MailSourceKind Source { get; set; }

    /// <summary>Our address: letters come from it, replies come to it with a token behind a plus sign.</summary>
    public string Mailbox { get; set; } = "opinions@panel.example";

    /// <summary>Where people reach the pages; links in letters begin with it.</summary>
    public string BaseUrl { get; set; } = "http://localhost:5080/";

    /// <summary>Holds <c>out</c> and <c>in</c> where mail is files; beside the database unless set.</summary>
    public string Folder { get; set; } = Path.Combine("App_Data", "mail");

    /// <summary>The code of the committee that decides upon mail which names no invitation and no letter.</summary>
    public string DefaultCommittee { get; set; } = "620000";

    /// <summary>A consultation letter brings the letter and its form as .docx where contents may travel by mail.</summary>
    public bool AttachConsultation { get; set; } = true;

    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>A file of DKIM keys (a zone file's TXT lines), for a machine without DNS.</summary>
    public string? DkimKeys { get; set; }

    public SmtpOptions Smtp { get; set; } = new();

    public ImapOptions Imap { get; set; } = new();

    public string OutFolder => Path.Combine(Folder, "out");

    public string InFolder => Path.Combine(Folder, "in");

    /// <summary>The domain of Message-IDs.</summary>
    public string Domain => Mailbox[(Mailbox.LastIndexOf('@') + 1)..];

    /// <summary>Every fault as <c>Mail:Setting: what is wrong and what is expected</c>.</summary>
    public IEnumerable<string> Problems()
    {
        if (!MailboxAddress.TryParse(Mailbox, out var mailbox) || mailbox.Address != Mailbox || Mailbox.Contains('+', StringComparison.Ordinal) || Domain.Length == 0)
            yield return $"{Section}:Mailbox: '{Mailbox}' is not a plain mail address; expected one such as opinions@panel.example";
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return $"{Section}:BaseUrl: '{BaseUrl}' is not an address; expected one such as https://panel.example.gov.cn/";
        if (string.IsNullOrWhiteSpace(Folder)) yield return $"{Section}:Folder: expected a folder";
        if (string.IsNullOrWhiteSpace(DefaultCommittee)) yield return $"{Section}:DefaultCommittee: expected a committee's code such as 620000";
        if (MaxBytes is < 64 * 1024 or > 1024L * 1024 * 1024) yield return $"{Section}:MaxBytes: expected 65536 to 1073741824";
        if (DkimKeys is { Length: > 0 } keys && !File.Exists(keys)) yield return $"{Section}:DkimKeys: there is no file '{keys}'";
        if (Transport == MailTransportKind.Smtp && (string.IsNullOrWhiteSpace(Smtp.Host) || Smtp.Port is < 1 or > 65535))
            yield return $"{Section}:Smtp: expected Host and a Port of 1 to 65535";
        if (Source == MailSourceKind.Imap && (string.IsNullOrWhiteSpace(Imap.Host) || Imap.Port is < 1 or > 65535 || string.IsNullOrWhiteSpace(Imap.UserName)))
            yield return $"{Section}:Imap: expected Host, a Port of 1 to 65535 and UserName";
    }
}
