namespace ExpertPanel.Server.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Staff sign in with a second factor. Off by default in Development; nowhere else can it be off.</summary>
    public bool? SecondFactor { get; set; }

    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>A session ends then however busy it is.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Wrong passwords from one network address in a quarter of an hour, whatever the accounts.</summary>
    public int WrongTriesPerAddress { get; set; } = 50;
}
