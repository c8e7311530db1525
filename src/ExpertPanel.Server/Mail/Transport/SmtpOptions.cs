using System.ComponentModel.DataAnnotations;

namespace ExpertPanel.Server.Mail.Transport;

public sealed class SmtpOptions
{
    [Required]
    public string Host { get; set; } = "localhost";

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>TLS from the first byte; by default only on port 465, elsewhere by STARTTLS.</summary>
    public bool? ImplicitTls { get; set; }

    /// <summary>For Development and tests. Without it a server that offers no TLS, or whose certificate is wrong, gets no letter and no password.</summary>
    public bool AllowPlaintext { get; set; }

    /// <summary>Off where a closed network can't reach the certificate authority's lists.</summary>
    public bool CheckCertificateRevocation { get; set; } = true;

    /// <summary>RFC 5321, 4.5.3.2 asks for minutes; a worker with others waiting takes less and retries.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For one letter from connecting to the last reply, however alive the server seems: a claim on a letter runs out, and a letter still
    /// under way would be sent a second time by whoever claims it next.
    /// </summary>
    public TimeSpan WholeLetter { get; set; } = TimeSpan.FromSeconds(80);

    /// <summary>An idle connection is kept this long for the next letter.</summary>
    public TimeSpan KeepOpen { get; set; } = TimeSpan.FromSeconds(20);
}
