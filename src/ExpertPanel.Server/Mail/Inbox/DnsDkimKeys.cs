using DnsClient;
using DnsClient.Protocol;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Keys from the DNS, asked of the machine's own resolvers. An answer is remembered as long as it says. Where nobody answers in time there
/// is no key: the mail is as if unsigned, and waits.
/// </summary>
public sealed class DnsDkimKeys : IDkimKeys
{
    /// <summary>RFC 1035, 2.3.4.</summary>
    private const int LongestName = 253;

    private readonly LookupClient dns;

    public DnsDkimKeys()
        : this(new LookupClientOptions())
    {
    }

    /// <param name="options">Whom to ask; how long and how often is decided here.</param>
    public DnsDkimKeys(LookupClientOptions options)
    {
        (options.Timeout, options.Retries, options.UseCache, options.ThrowDnsErrors) = (TimeSpan.FromSeconds(1), 1, true, false);
        options.MaximumCacheTimeout = TimeSpan.FromHours(1);
        dns = new(options);
    }

    public async ValueTask<string?> FindAsync(string selector, string domain, CancellationToken ct)
    {
        var name = $"{selector}._domainkey.{domain}";
        if (name.Length > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') || name.Split('.').Any(label => label.Length is 0 or > 63)) return null;
        try
        {
            var answer = await dns.QueryAsync(name, QueryType.TXT, QueryClass.IN, ct);
            // Several records are somebody's mistake; which is meant can't be told.
            return answer.Answers.OfType<TxtRecord>().ToList() is [var one] ? string.Concat(one.Text) : null;
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }
}
