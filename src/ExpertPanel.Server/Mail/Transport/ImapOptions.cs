using System.ComponentModel.DataAnnotations;

namespace ExpertPanel.Server.Mail.Transport;

public sealed class ImapOptions
{
    [Required]
    public string Host { get; set; } = "localhost";

    [Range(1, 65535)]
    public int Port { get; set; } = 993;

    [Required]
    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>TLS from the first byte; by default only on port 993, elsewhere by STARTTLS.</summary>
    public bool? ImplicitTls { get; set; }

    /// <summary>For Development and tests. Without it a server that offers no TLS, or whose certificate is wrong, gets no password.</summary>
    public bool AllowPlaintext { get; set; }

    /// <summary>Off where a closed network can't reach the certificate authority's lists.</summary>
    public bool CheckCertificateRevocation { get; set; } = true;

    public string ProcessedFolder { get; set; } = "Processed";

    public string QuarantineFolder { get; set; } = "Quarantine";

    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks where the server offers no IDLE.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(15);
}
