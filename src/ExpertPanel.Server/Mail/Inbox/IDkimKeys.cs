namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Where signing keys are found: the TXT record of <c>selector._domainkey.domain</c>, or null when there is none.</summary>
public interface IDkimKeys
{
    ValueTask<string?> FindAsync(string selector, string domain, CancellationToken ct);

    /// <summary>Whether any key could be found at all: without, an unsigned mail tells nothing.</summary>
    bool CanFind => true;
}

public sealed class NoDkimKeys : IDkimKeys
{
    public bool CanFind => false;

    public ValueTask<string?> FindAsync(string selector, string domain, CancellationToken ct) => ValueTask.FromResult<string?>(null);
}

/// <summary>
/// Keys from a file, for a machine without DNS. One line each, as in a zone file:
/// <c>s1._domainkey.example.cn TXT "v=DKIM1; k=rsa; p=…"</c>; the word TXT and the quotes may be left out, # begins a comment.
/// </summary>
public sealed class FileDkimKeys : IDkimKeys
{
    private readonly Dictionary<string, string> records = new(StringComparer.OrdinalIgnoreCase);

    public FileDkimKeys(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            var parts = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !parts[0].Contains("._domainkey.", StringComparison.OrdinalIgnoreCase)) throw new FormatException($"Not a DKIM key line: {parts[0]}");
            records[parts[0].TrimEnd('.')] = Record(parts[1]);
        }
    }

    public static FileDkimKeys Load(string path) => new(File.ReadLines(path));

    public ValueTask<string?> FindAsync(string selector, string domain, CancellationToken ct) =>
        ValueTask.FromResult(records.GetValueOrDefault($"{selector}._domainkey.{domain}"));

    /// <summary>A long record is written as several quoted strings, which belong together.</summary>
    private static string Record(string rest)
    {
        if (rest.StartsWith("TXT", StringComparison.OrdinalIgnoreCase)) rest = rest[3..].Trim();
        return rest.StartsWith('"') ? string.Concat(rest.Split('"').Where((_, index) => index % 2 == 1)) : rest;
    }
}
