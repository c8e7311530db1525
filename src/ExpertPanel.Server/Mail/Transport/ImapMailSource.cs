using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>
/// A mailbox by IMAP. Raw bytes only: nothing is parsed while fetching, and of a mail that is too large only the beginning of its
/// headers is fetched. One owner at a time, for one connection is not for two threads.
/// </summary>
public sealed class ImapMailSource(ImapOptions options, TimeProvider clock, ILogger<ImapMailSource> log) : IMailSource, IAsyncDisposable
{
    private const int ImplicitTlsPort = 993;

    private const int Attempts = 3;

    /// <summary>RFC 2177: servers may drop a connection that idled for half an hour.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    private ImapClient? connection;
    private IMailFolder? processed;
    private IMailFolder? quarantine;

    /// <summary>How many mails the last round left in the inbox; more than these are new ones.</summary>
    private int left;

    public async Task<int> FetchAsync(Func<ArrivedMail, CancellationToken, Task<MailPlace>> handler, CancellationToken ct)
    {
        var handed = 0;
        left = 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var inbox = await OpenInboxAsync(ct);
                var waiting = await WaitingAsync(inbox, ct);
                left = waiting.Count;
                foreach (var summary in waiting)
                {
                    // Deleted but not expunged: moved before, on a server without UIDPLUS.
                    if (summary.Flags?.HasFlag(MessageFlags.Deleted) == true || await DownloadAsync(inbox, summary, ct) is not { } mail) continue;
                    var place = await handler(mail, ct);
                    await MoveAsync(inbox, summary.UniqueId, place, ct);
                    handed++;
                    left--;
                }

                return handed;
            }
            catch (MailSourceUnavailableException)
            {
                Drop();
                if (attempt == Attempts) throw;
            }
        }
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        var inbox = await OpenInboxAsync(ct);
        if (connection is not { } client || !client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(options.Poll < atMost ? options.Poll : atMost, clock, ct);
            return;
        }

        using var done = new CancellationTokenSource(atMost < LongestIdle ? atMost : LongestIdle, clock);
        void Arrived(object? sender, EventArgs e) => done.Cancel();
        inbox.CountChanged += Arrived;
        try
        {
            if (inbox.Count <= left) await GuardAsync(() => IdleAsync(client, done.Token, ct));
        }
        finally
        {
            inbox.CountChanged -= Arrived;
        }
    }

    public ValueTask DisposeAsync()
    {
        Drop();
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> IdleAsync(ImapClient client, CancellationToken done, CancellationToken ct)
    {
        await client.IdleAsync(done, ct);
        return true;
    }

    private Task<IMailFolder> OpenInboxAsync(CancellationToken ct) => GuardAsync(async () =>
    {
        if (connection is { IsConnected: true, IsAuthenticated: true, Inbox: { IsOpen: true } open })
        {
            await connection.NoOpAsync(ct);
            return open;
        }

        Drop();
        var client = connection = new ImapClient
        {
            Timeout = (int)options.Timeout.TotalMilliseconds,
            CheckCertificateRevocation = options.CheckCertificateRevocation,
        };
        var plain = options.AllowPlaintext ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
        await client.ConnectAsync(options.Host, options.Port, options.ImplicitTls ?? options.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : plain, ct);
        await client.AuthenticateAsync(options.UserName, options.Password, ct);
        var inbox = client.Inbox ?? throw new ImapProtocolException("The mailbox has no INBOX.");
        processed = await FolderAsync(client, inbox, options.ProcessedFolder, ct);
        quarantine = await FolderAsync(client, inbox, options.QuarantineFolder, ct);
        await inbox.OpenAsync(FolderAccess.ReadWrite, ct);
        return inbox;
    });

    private static async Task<IMailFolder> FolderAsync(ImapClient client, IMailFolder inbox, string name, CancellationToken ct)
    {
        var root = client.PersonalNamespaces.Count > 0 ? client.GetFolder(client.PersonalNamespaces[0]) : inbox;
        try
        {
            return await root.GetSubfolderAsync(name, ct);
        }
        catch (FolderNotFoundException missing)
        {
            return await root.CreateAsync(name, isMessageFolder: true, ct) ?? throw new ImapProtocolException($"The folder {name} can't be made.", missing);
        }
    }

    private static Task<IList<IMessageSummary>> WaitingAsync(IMailFolder inbox, CancellationToken ct) => GuardAsync(async () =>
    {
        var ids = await inbox.SearchAsync(SearchQuery.All, ct);
        return ids.Count == 0 ? [] : await inbox.FetchAsync(ids, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, ct);
    });

    /// <summary>Null when the mail has gone meanwhile, or can't be given out.</summary>
    private Task<ArrivedMail?> DownloadAsync(IMailFolder inbox, IMessageSummary summary, CancellationToken ct) => GuardAsync(async () =>
    {
        var size = (long)(summary.Size ?? 0);
        var whole = size <= options.MaxBytes;
        try
        {
            await using var stream = whole
                ? await inbox.GetStreamAsync(summary.UniqueId, "", 0, (int)options.MaxBytes + 1, ct)
                : await inbox.GetStreamAsync(summary.UniqueId, "HEADER", 0, FileMailSource.BeginningBytes, ct);
            using var raw = new MemoryStream();
            await stream.CopyToAsync(raw, ct);
            // The server's word for the size is not trusted further than this.
            whole = whole && raw.Length <= options.MaxBytes;
            return (ArrivedMail?)new ArrivedMail($"imap:{inbox.FullName};UIDVALIDITY={inbox.UidValidity};UID={summary.UniqueId.Id}",
                raw.ToArray(), Math.Max(size, raw.Length), whole, summary.InternalDate ?? clock.GetUtcNow());
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
        catch (ImapCommandException refusal)
        {
            // The server can't give this one out; the mails behind it must not wait for it.
            log.LogWarning(refusal, "A mail can't be fetched and stays in the inbox");
            return null;
        }
    });

    private Task<UniqueId?> MoveAsync(IMailFolder inbox, UniqueId id, MailPlace place, CancellationToken ct) => place is MailPlace.Nowhere
        ? GuardAsync(async () =>
        {
            await inbox.StoreAsync(id, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, ct);
            await inbox.ExpungeAsync([id], ct);
            return (UniqueId?)null;
        })
        : GuardAsync(() => inbox.MoveToAsync(id, (place is MailPlace.Processed ? processed : quarantine) ?? throw new ImapProtocolException("Not connected."), ct));

    private void Drop()
    {
        connection?.Dispose();
        (connection, processed, quarantine) = (null, null, null);
    }

    /// <summary>Everything that can break on the way to the server becomes one exception, so that the handler's own are never mistaken for it.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or IOException or SocketException or TimeoutException or SslHandshakeException
            or AuthenticationException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotOpenException)
        {
            throw new MailSourceUnavailableException(fault.Message, fault);
        }
    }
}
