using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>
/// A mailbox by IMAP. Raw bytes only: nothing is parsed while fetching, and of a mail that is too large only the beginning of its
/// headers is fetched. One owner at a time, for one connection is not for two threads. Whatever breaks, a mail stays in the inbox until
/// it was handed over; it may be handed over again.
/// </summary>
public sealed class ImapMailSource(ImapOptions options, TimeProvider clock, ILogger<ImapMailSource> log) : IMailSource, IAsyncDisposable
{
    private const int ImplicitTlsPort = 993;

    private const int Attempts = 3;

    private const int MostTroubled = 10_000;

    /// <summary>RFC 2177: servers may drop a connection that idled for half an hour.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    /// <summary>A connection that died without a word shows only when the end of the IDLE is not answered.</summary>
    private static readonly TimeSpan IdleEndsWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BeforeAnotherAttempt = TimeSpan.FromMilliseconds(300);

    /// <summary>What broke a round comes last in the next: one bad mail must not stand before the others for ever.</summary>
    private readonly HashSet<(uint Validity, uint Id)> troubled = [];

    /// <summary>Whose bytes turned out longer than the server had said: only their beginning is fetched.</summary>
    private readonly HashSet<(uint Validity, uint Id)> tooLarge = [];

    /// <summary>Handed over, but the server would not move them (a mailbox that is full). Not longer than a connection: only so long is a number surely the same mail.</summary>
    private readonly Dictionary<UniqueId, MailPlace> unmoved = [];

    private static readonly ImapImplementation Ourselves = new()
    {
        Name = "ExpertPanel", Vendor = "ExpertPanel", Version = typeof(ImapMailSource).Assembly.GetName().Version?.ToString(),
    };

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
                foreach (var summary in waiting.OrderBy(mail => troubled.Contains(NumberOf(inbox, mail))))
                    handed += await HandOverAsync(inbox, summary, handler, ct) ? 1 : 0;
                return handed;
            }
            catch (MailSourceUnavailableException)
            {
                Drop();
                if (attempt == Attempts) throw;
                await Task.Delay(BeforeAnotherAttempt * attempt, TimeProvider.System, ct);
            }
        }
    }

    /// <returns>Whether it is one more than before.</returns>
    private async Task<bool> HandOverAsync(IMailFolder inbox, IMessageSummary summary, Func<ArrivedMail, CancellationToken, Task<MailPlace>> handler, CancellationToken ct)
    {
        if (troubled.Count > MostTroubled) troubled.Clear();
        var number = NumberOf(inbox, summary);
        troubled.Add(number); // Until it went well.
        var again = unmoved.TryGetValue(summary.UniqueId, out var place);
        // Also what is flagged as deleted: a person may have done it, or a connection that broke before the mail was gone.
        if (!again)
        {
            if (await DownloadAsync(inbox, summary, ct) is { } mail) place = await handler(mail, ct);
            else return false;
        }

        if (await MoveAsync(inbox, summary.UniqueId, place, ct))
        {
            unmoved.Remove(summary.UniqueId);
            left--;
        }
        else
        {
            unmoved[summary.UniqueId] = place;
        }

        troubled.Remove(number);
        return !again;
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            var inbox = await OpenInboxAsync(ct);
            if (connection is { } client && client.Capabilities.HasFlag(ImapCapabilities.Idle)) await IdleAsync(client, inbox, atMost, ct);
            else await Task.Delay(options.Poll < atMost ? options.Poll : atMost, clock, ct);
        }
        catch (MailSourceUnavailableException lost)
        {
            // Servers end idle connections every day. The next round opens another, or says that the server is away.
            log.LogInformation("The mailbox's connection ended while waiting: {Fault}", lost.InnerException?.GetType().Name);
            Drop();
        }
    }

    public ValueTask DisposeAsync()
    {
        Drop();
        return ValueTask.CompletedTask;
    }

    private async Task IdleAsync(ImapClient client, IMailFolder inbox, TimeSpan atMost, CancellationToken ct)
    {
        using var done = new CancellationTokenSource(atMost < LongestIdle ? atMost : LongestIdle, clock);
        using var dead = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var last = done.Token.Register(() => dead.CancelAfter(IdleEndsWithin));
        void Arrived(object? sender, EventArgs e) => done.Cancel();
        inbox.CountChanged += Arrived;
        try
        {
            if (inbox.Count > left) return;
            await GuardAsync(async () =>
            {
                await client.IdleAsync(done.Token, dead.Token);
                return true;
            });
        }
        catch (OperationCanceledException mute) when (!ct.IsCancellationRequested)
        {
            throw new MailSourceUnavailableException("The server did not answer the end of IDLE.", mute);
        }
        finally
        {
            inbox.CountChanged -= Arrived;
        }
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
        await IdentifyAsync(client, ct);
        var inbox = client.Inbox ?? throw new ImapProtocolException("The mailbox has no INBOX.");
        processed = await FolderAsync(client, inbox, options.ProcessedFolder, ct);
        quarantine = await FolderAsync(client, inbox, options.QuarantineFolder, ct);
        await inbox.OpenAsync(FolderAccess.ReadWrite, ct);
        return inbox;
    });

    /// <summary>RFC 2971. 163.com and its sisters refuse to open a folder for a client that has not said who it is ("Unsafe Login").</summary>
    private async Task IdentifyAsync(ImapClient client, CancellationToken ct)
    {
        if (!client.Capabilities.HasFlag(ImapCapabilities.Id)) return;
        try
        {
            await client.IdentifyAsync(Ourselves, ct);
        }
        catch (ImapCommandException refusal)
        {
            log.LogWarning(refusal, "The mail server does not want to know who asks");
        }
    }

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
        var whole = size <= options.MaxBytes && !tooLarge.Contains(NumberOf(inbox, summary));
        var most = whole ? (int)options.MaxBytes + 1 : FileMailSource.BeginningBytes;
        try
        {
            await using var stream = await inbox.GetStreamAsync(summary.UniqueId, whole ? "" : "HEADER", 0, most, ct, new AtMost(most));
            using var raw = new MemoryStream();
            await stream.CopyToAsync(raw, ct);
            // The server's word for the size is not trusted further than this.
            whole = whole && raw.Length <= options.MaxBytes;
            return (ArrivedMail?)new ArrivedMail($"imap:{inbox.FullName};UIDVALIDITY={inbox.UidValidity};UID={summary.UniqueId.Id}",
                raw.ToArray(), Math.Max(whole ? size : Math.Max(size, options.MaxBytes + 1), raw.Length), whole, summary.InternalDate ?? clock.GetUtcNow());
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
        catch (LiteralTooLargeException endless)
        {
            tooLarge.Add(NumberOf(inbox, summary));
            throw new ImapProtocolException("The server sends more than was asked for.", endless);
        }
        catch (ImapCommandException refusal)
        {
            // The server can't give this one out; the mails behind it must not wait for it.
            log.LogWarning(refusal, "A mail can't be fetched and stays in the inbox");
            return null;
        }
    });

    /// <returns>False where the server refuses; the mail stays in the inbox and the mails behind it have their turn.</returns>
    private Task<bool> MoveAsync(IMailFolder inbox, UniqueId id, MailPlace place, CancellationToken ct) => GuardAsync(async () =>
    {
        try
        {
            if (place is MailPlace.Nowhere)
            {
                await inbox.StoreAsync(id, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, ct);
                await inbox.ExpungeAsync([id], ct);
            }
            else
            {
                await inbox.MoveToAsync(id, (place is MailPlace.Processed ? processed : quarantine) ?? throw new ImapProtocolException("Not connected."), ct);
            }

            return true;
        }
        catch (ImapCommandException refusal)
        {
            log.LogWarning(refusal, "A mail that is stored can't be moved and stays in the inbox");
            return false;
        }
    });

    private static (uint Validity, uint Id) NumberOf(IMailFolder inbox, IMessageSummary mail) => (inbox.UidValidity, mail.UniqueId.Id);

    private void Drop()
    {
        connection?.Dispose();
        (connection, processed, quarantine) = (null, null, null);
        unmoved.Clear();
    }

    /// <summary>Everything that can break on the way to the server becomes one exception, so that the handler's own are never mistaken for it.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or IOException or SocketException or TimeoutException or SslHandshakeException
            or AuthenticationException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotOpenException or FolderNotFoundException)
        {
            throw new MailSourceUnavailableException(fault.Message, fault);
        }
    }
}
