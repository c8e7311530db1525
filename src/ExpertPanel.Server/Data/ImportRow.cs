using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

public enum ImportState
{
    /// <summary>The file is here; its columns are being matched and nothing is in the bank.</summary>
    Uploaded,

    /// <summary>Ordered; the worker takes it up.</summary>
    Waiting,

    Done,

    /// <summary>Taken back.</summary>
    Undone,
}

/// <summary>A list of experts that came as a file.</summary>
public sealed class ImportRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public string FileName { get; set; } = "";

    public string Sha256 { get; set; } = "";

    /// <summary>Kept until the import is done or given up.</summary>
    public byte[]? Content { get; set; }

    /// <summary>The columns as JSON; remembered for the next file.</summary>
    public string Columns { get; set; } = "{}";

    /// <summary>What the person said for the whole file, as JSON.</summary>
    public string? Order { get; set; }

    public ImportState State { get; set; }

    public string By { get; set; } = "";

    public string ById { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public int Imported { get; set; }

    public int Refused { get; set; }

    /// <summary>The refused rows with their reasons, as .xlsx to mend and import again.</summary>
    public byte[]? RefusedFile { get; set; }

    /// <summary>Why the last try wrote nothing; the file waits to be ordered again.</summary>
    public string? Fault { get; set; }

    public int Version { get; set; }
}
