namespace ExpertPanel.Server.Screening;

/// <summary>Section <c>Screening</c>: what a file from outside may be and cost. The defaults fit a file of 30 MB; no scanner is asked.</summary>
public sealed class ScreeningOptions
{
    public const string Section = "Screening";

    /// <summary>ZIP archives are taken, with what is in them checked. Office and OFD files, zips themselves, are taken anyway.</summary>
    public bool AllowZip { get; set; } = true;

    /// <summary>Parts inside an archive, the archives in it included.</summary>
    public int MostEntries { get; set; } = 2000;

    /// <summary>What all of an archive may unfold to, in bytes.</summary>
    public long MostUnfolded { get; set; } = 200L * 1024 * 1024;

    /// <summary>How many times larger than its compressed form a part may be; parts that unfold to less than 4 MB may be more.</summary>
    public int MostRatio { get; set; } = 200;

    /// <summary>clamd: <c>host:port</c>, or the path of its socket. Empty: nothing is scanned, and every file says so.</summary>
    public string Scanner { get; set; } = "";

    /// <summary>For one file, from connecting to the answer.</summary>
    public TimeSpan ScanTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After which pause a file is tried again that the scanner did not answer for.</summary>
    public TimeSpan ScanRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For reading the text of one file, by a process of its own.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every fault as <c>Screening:Setting: what is wrong and what is expected</c>.</summary>
    public IEnumerable<string> Problems()
    {
        if (MostEntries is < 1 or > 100_000) yield return $"{Section}:MostEntries: expected 1 to 100000";
        if (MostUnfolded is < 1024 * 1024 or > 2L * 1024 * 1024 * 1024) yield return $"{Section}:MostUnfolded: expected 1048576 to 2147483648 bytes";
        if (MostRatio is < 10 or > 10_000) yield return $"{Section}:MostRatio: expected 10 to 10000";
        if (Scanner.Length > 0 && ScannerAddress.Of(Scanner) is null) yield return $"{Section}:Scanner: '{Scanner}' is no address; expected host:port, or the full path of clamd's socket";
        if (ScanTimeout < TimeSpan.FromSeconds(1) || ScanTimeout > TimeSpan.FromMinutes(5)) yield return $"{Section}:ScanTimeout: expected 00:00:01 to 00:05:00";
        if (ScanRetry < TimeSpan.FromSeconds(1) || ScanRetry > TimeSpan.FromDays(1)) yield return $"{Section}:ScanRetry: expected 00:00:01 to 1.00:00:00";
        if (ReadTimeout < TimeSpan.FromSeconds(1) || ReadTimeout > TimeSpan.FromMinutes(1)) yield return $"{Section}:ReadTimeout: expected 00:00:01 to 00:01:00";
    }
}
