using ExpertPanel.Server.Mail.Outbox;
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

    /// <summary>DKIM keys by the committee's code; <c>default</c> for those without one of their own.</summary>
    public Dictionary<string, SigningOptions> Signing { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Letters in a minute to mailboxes of one domain, from one process; 0 is no limit.</summary>
    public int PerMinuteAndDomain { get; set; } = 60;

    /// <summary>Letters of a committee in a day of China to one address; 0 is no limit.</summary>
    public int DailyPerAddress { get; set; } = 20;

    public SmtpOptions Smtp { get; set; } = new();

    public ImapOptions Imap { get; set; } = new();

    public string OutFolder => Path.Combine(Folder, "out");

    public string InFolder => Path.Combine(Folder, "in");

    /// <summary>Passwords and letters would cross the network readable; allowed to this machine itself, and in Development.</summary>
    public IEnumerable<string> Exposed()
    {
        if (Transport == MailTransportKind.Smtp && Smtp.AllowPlaintext && !IsThisMachine(Smtp.Host))
            yield return $"{Section}:Smtp:AllowPlaintext: TLS is required outside Development; leave it off, or send through a server on this machine";
        if (Source == MailSourceKind.Imap && Imap.AllowPlaintext && !IsThisMachine(Imap.Host))
            yield return $"{Section}:Imap:AllowPlaintext: TLS is required outside Development; leave it off, or fetch from a server on this machine";
    }

    private static bool IsThisMachine(string host) => host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    /// <summary>The domain of Message-IDs.</summary>
    public string Domain => Mailbox[(Mailbox.LastIndexOf('@') + 1)..];

    public SigningOptions? SigningOf(string committee) => Signing.GetValueOrDefault(committee) ?? Signing.GetValueOrDefault("default");

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
        if (PerMinuteAndDomain < 0) yield return $"{Section}:PerMinuteAndDomain: expected 0 or more";
        if (DailyPerAddress < 0) yield return $"{Section}:DailyPerAddress: expected 0 or more";
        foreach (var (committee, signing) in Signing)
        {
            if (signing.Selector.Length == 0 || !File.Exists(signing.KeyFile))
                yield return $"{Section}:Signing:{committee}: expected Selector and a KeyFile that exists, with a private key as PEM";
            if (!Domain.Equals(signing.Domain, StringComparison.OrdinalIgnoreCase) && !Domain.EndsWith("." + signing.Domain, StringComparison.OrdinalIgnoreCase))
                yield return $"{Section}:Signing:{committee}:Domain: '{signing.Domain}' does not cover the mailbox's domain {Domain}; the signature would prove nothing about it";
        }

        if (Transport == MailTransportKind.Smtp && (string.IsNullOrWhiteSpace(Smtp.Host) || Smtp.Port is < 1 or > 65535))
            yield return $"{Section}:Smtp: expected Host and a Port of 1 to 65535";
        if (Source == MailSourceKind.Imap && (string.IsNullOrWhiteSpace(Imap.Host) || Imap.Port is < 1 or > 65535 || string.IsNullOrWhiteSpace(Imap.UserName)))
            yield return $"{Section}:Imap: expected Host, a Port of 1 to 65535 and UserName";
    }
}
