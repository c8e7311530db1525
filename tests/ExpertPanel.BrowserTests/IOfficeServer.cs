namespace ExpertPanel.BrowserTests;

/// <summary>A running office: the demo province, a data folder of its own, its mail as files.</summary>
public interface IOfficeServer : IAsyncDisposable
{
    string Address { get; }

    /// <summary>Of every demo account.</summary>
    string Password { get; }

    MailFolders Mail { get; }
}
