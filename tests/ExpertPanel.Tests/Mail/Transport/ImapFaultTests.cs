using System.Text;
using ExpertPanel.Server.Mail.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExpertPanel.Tests.Mail.Transport;

/// <summary>
/// The rows of the fault tables that name IMAP: the connection that ends or falls silent at each command, with the command carried out or
/// not; the mailbox numbered anew, a mail removed meanwhile, EXISTS never sent, IDLE that died, a mailbox that is full, a mail longer than
/// said, a server that asks who we are, no TLS, a wrong certificate. Each time: no mail leaves the inbox before it was handed over (I7), and
/// what comes again is the very same bytes, which count once (I3; <c>Server/Mail/InboxTests</c>). The same on real servers, thrown out, killed
/// and numbered anew, in <c>MailLoopTests</c> and <c>Server/Mail/GreatRunTests</c>.
/// </summary>
public sealed class ImapFaultTests
{
    private const string First = "From: a@b.cn\r\nSubject: first\r\n\r\none\r\n";
    private const string Second = "From: a@b.cn\r\nSubject: second\r\n\r\ntwo\r\n";
    private const string WithoutMove = "IMAP4rev1 UIDPLUS";

    private readonly List<string> handed = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string> Drops()
    {
        var drops = new TheoryData<string, string?, string>();
        foreach (var how in new[] { "before", "after", "half" })
        {
            foreach (var at in new[] { "CAPABILITY", "LOGIN", "LIST", "SELECT", "SEARCH", "FETCH", "FETCH BODY[]", "MOVE" }) drops.Add(at, null, how);
            foreach (var at in new[] { "COPY", "STORE", "EXPUNGE" }) drops.Add(at, WithoutMove, how);
        }

        return drops;
    }

    [Theory]
    [MemberData(nameof(Drops))]
    public async Task A_connection_that_ends_at_any_command_loses_no_mail_and_changes_none(string at, string? capabilities, string how)
    {
        await using var server = new ScriptedImapServer(new ImapFault(at, Die: how != "half", After: how == "after", Half: how == "half")) { Capabilities = capabilities ?? "IMAP4rev1 IDLE MOVE UIDPLUS" };
        server.Add(First);
        server.Add(Second);
        await using var source = Source(server);

        await source.FetchAsync(TakeAsync, Ct);

        Assert.Equal([First, Second], handed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(0, server.CountIn("INBOX"));
        Assert.InRange(server.CountIn("Processed"), 2, 3); // COPY without its end leaves a second copy.
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("SELECT")]
    [InlineData("FETCH BODY[]")]
    [InlineData("MOVE")]
    public async Task A_server_that_falls_silent_costs_its_timeout_and_no_mail(string at)
    {
        await using var server = new ScriptedImapServer(new ImapFault(at, Mute: true));
        server.Add(First);
        await using var source = Source(server, options => options.Timeout = TimeSpan.FromSeconds(1));

        await source.FetchAsync(TakeAsync, Ct);

        Assert.All(handed, mail => Assert.Equal(First, mail));
        Assert.Equal((0, 1), (server.CountIn("INBOX"), server.CountIn("Processed")));
    }

    [Fact]
    public async Task A_mail_that_could_not_be_stored_stays_though_the_connection_ends_too()
    {
        await using var server = new ScriptedImapServer();
        server.Add(First);
        await using (var source = Source(server))
            await Assert.ThrowsAsync<InvalidOperationException>(() => source.FetchAsync((_, _) => throw new InvalidOperationException("the database is away"), Ct));

        Assert.Equal((1, 0), (server.CountIn("INBOX"), server.CountIn("Processed")));
        Assert.DoesNotContain(server.Commands, command => command.Contains("MOVE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_bad_mail_does_not_stand_before_the_others_for_ever()
    {
        await using var server = new ScriptedImapServer { DeadlyUid = 1 };
        server.Add("From: deadly@b.cn\r\n\r\nx\r\n");
        server.Add(First);
        server.Add(Second);
        await using var source = Source(server);

        await Assert.ThrowsAsync<MailSourceUnavailableException>(() => source.FetchAsync(TakeAsync, Ct));

        Assert.Equal([First, Second], handed);
        Assert.Equal((1, 2), (server.CountIn("INBOX"), server.CountIn("Processed")));
    }

    [Fact]
    public async Task A_mail_that_breaks_whoever_takes_it_comes_last_in_the_next_round()
    {
        await using var server = new ScriptedImapServer();
        server.Add("From: poison@b.cn\r\n\r\nx\r\n");
        server.Add(First);
        await using var source = Source(server);
        Task<MailPlace> BreakAsync(ArrivedMail mail, CancellationToken ct) => Encoding.UTF8.GetString(mail.Raw).Contains("poison", StringComparison.Ordinal) ? throw new FormatException("poison") : TakeAsync(mail, ct);

        await Assert.ThrowsAsync<FormatException>(() => source.FetchAsync(BreakAsync, Ct));
        await Assert.ThrowsAsync<FormatException>(() => source.FetchAsync(BreakAsync, Ct));

        Assert.Equal([First], handed);
        Assert.Equal(1, server.CountIn("INBOX"));
    }

    [Fact]
    public async Task A_mail_removed_meanwhile_is_passed_over()
    {
        await using var server = new ScriptedImapServer();
        server.Add(First);
        var removed = server.Add("From: gone@b.cn\r\n\r\nx\r\n");
        server.Add(Second);
        await using var source = Source(server);

        await source.FetchAsync((mail, ct) =>
        {
            server.Remove(removed);
            return TakeAsync(mail, ct);
        }, Ct);

        Assert.Equal([First, Second], handed);
        Assert.Equal(0, server.CountIn("INBOX"));
    }

    [Fact]
    public async Task A_mailbox_numbered_anew_between_two_connections_repeats_and_loses_nothing()
    {
        await using var server = new ScriptedImapServer(new ImapFault("MOVE", Die: true));
        server.Add(First);
        server.Add(Second);
        await using var source = Source(server);

        await source.FetchAsync((mail, ct) =>
        {
            server.UidValidity = 2;
            return TakeAsync(mail, ct);
        }, Ct);

        Assert.Equal([First, First, Second], handed.Order(StringComparer.Ordinal));
        Assert.Equal((0, 2), (server.CountIn("INBOX"), server.CountIn("Processed")));
    }

    [Fact]
    public async Task A_mail_that_was_never_announced_is_found_by_the_next_round()
    {
        await using var server = new ScriptedImapServer { KeepsQuiet = true };
        await using var source = Source(server);
        await source.FetchAsync(TakeAsync, Ct);
        var waiting = source.WaitAsync(TimeSpan.FromSeconds(1), Ct);
        while (!server.Commands.Contains("IDLE")) await Task.Delay(20, Ct);
        server.Add(First);
        await waiting;

        Assert.Equal(1, await source.FetchAsync(TakeAsync, Ct));
        Assert.Contains("DONE", server.Commands);
    }

    [Fact]
    public async Task An_IDLE_that_died_without_a_word_is_noticed_within_seconds_and_the_mailbox_opened_again()
    {
        await using var server = new ScriptedImapServer(new ImapFault("DONE", Mute: true));
        await using var source = Source(server, options => options.Timeout = TimeSpan.FromMinutes(5));
        await source.FetchAsync(TakeAsync, Ct);
        var start = TimeProvider.System.GetTimestamp();

        await source.WaitAsync(TimeSpan.FromMilliseconds(200), Ct);
        server.Add(First);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(40));
        Assert.Equal(1, await source.FetchAsync(TakeAsync, Ct));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_ends_while_waiting_is_no_fault()
    {
        await using var server = new ScriptedImapServer(new ImapFault("IDLE", Die: true, After: true));
        await using var source = Source(server);
        await source.FetchAsync(TakeAsync, Ct);
        await source.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        server.Add(First);

        Assert.Equal(1, await source.FetchAsync(TakeAsync, Ct));
    }

    [Theory]
    [InlineData("IMAP4rev1 IDLE MOVE UIDPLUS", "MOVE")]
    [InlineData(WithoutMove, "COPY")]
    public async Task A_mailbox_that_is_full_keeps_its_mails_and_each_is_taken_once(string capabilities, string at)
    {
        await using var server = new ScriptedImapServer(new ImapFault(at, "NO [OVERQUOTA] mailbox full", Time: 0)) { Capabilities = capabilities };
        server.Add(First);
        server.Add(Second);
        await using var source = Source(server);

        Assert.Equal(2, await source.FetchAsync(TakeAsync, Ct));
        Assert.Equal(0, await source.FetchAsync(TakeAsync, Ct));

        Assert.Equal([First, Second], handed);
        Assert.Equal(2, server.CountIn("INBOX"));
    }

    [Fact]
    public async Task A_mail_longer_than_the_server_says_is_cut_off_and_the_next_is_taken()
    {
        await using var server = new ScriptedImapServer { ClaimedSize = 100, IgnoresLimits = true };
        server.Add("From: long@b.cn\r\n\r\n" + new string('x', 2_000_000));
        server.Add(First);
        await using var source = Source(server, options => options.MaxBytes = 100_000);
        var mails = new List<ArrivedMail>();

        await source.FetchAsync((mail, _) =>
        {
            mails.Add(mail);
            return Task.FromResult(mail.IsWhole ? MailPlace.Processed : MailPlace.Quarantine);
        }, Ct);

        var cut = Assert.Single(mails, mail => !mail.IsWhole);
        Assert.True(cut is { Size: > 100_000, Raw.Length: < 1000 });
        Assert.Equal((0, 1, 1), (server.CountIn("INBOX"), server.CountIn("Processed"), server.CountIn("Quarantine")));
    }

    [Fact]
    public async Task A_server_that_opens_no_folder_to_the_nameless_is_told_who_asks()
    {
        await using var server = new ScriptedImapServer { Capabilities = "IMAP4rev1 ID UIDPLUS", AsksForId = true };
        server.Add(First);
        await using var source = Source(server);

        Assert.Equal(1, await source.FetchAsync(TakeAsync, Ct));

        Assert.Contains("\"ExpertPanel\"", Assert.Single(server.Commands, command => command.StartsWith("ID ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal((0, 1), (server.CountIn("INBOX"), server.CountIn("Processed")));
    }

    [Fact]
    public async Task A_server_that_does_not_want_to_know_serves_all_the_same()
    {
        await using var server = new ScriptedImapServer(new ImapFault("ID", "BAD what is that", Time: 0)) { Capabilities = "IMAP4rev1 ID MOVE UIDPLUS" };
        server.Add(First);
        await using var source = Source(server);

        Assert.Equal(1, await source.FetchAsync(TakeAsync, Ct));
    }

    [Fact]
    public async Task A_server_without_TLS_gets_no_password_unless_allowed()
    {
        await using var server = new ScriptedImapServer();
        await using var source = Source(server, options => options.AllowPlaintext = false);

        await Assert.ThrowsAsync<MailSourceUnavailableException>(() => source.FetchAsync(TakeAsync, Ct));
        Assert.DoesNotContain(server.Commands, command => command.Contains("pw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_with_a_certificate_nobody_vouches_for_gets_no_password()
    {
        await using var server = new ScriptedSmtpServer(implicitTls: true); // Before the first word all servers are alike.
        await using var source = Source(server.Port, options => options.ImplicitTls = true);

        await Assert.ThrowsAsync<MailSourceUnavailableException>(() => source.FetchAsync(TakeAsync, Ct));
        Assert.Empty(server.Commands);
    }

    private Task<MailPlace> TakeAsync(ArrivedMail mail, CancellationToken ct)
    {
        handed.Add(Encoding.UTF8.GetString(mail.Raw));
        return Task.FromResult(MailPlace.Processed);
    }

    private static ImapMailSource Source(ScriptedImapServer server, Action<ImapOptions>? change = null) => Source(server.Port, change);

    private static ImapMailSource Source(int port, Action<ImapOptions>? change)
    {
        var options = new ImapOptions { Host = "127.0.0.1", Port = port, UserName = "opinions", Password = "pw", AllowPlaintext = true, Timeout = TimeSpan.FromSeconds(20) };
        change?.Invoke(options);
        return new(options, TimeProvider.System, NullLogger<ImapMailSource>.Instance);
    }
}
