using ExpertPanel.Server.Mail.Transport;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Mail.Transport;

/// <summary>
/// The rows of the fault tables that name SMTP. What a transport makes of a server's fault is here: every refusal with its code (421, 450,
/// 451, 452, 550, 552, 554, 5.7.x), the end of the connection at each command and after the last dot, a mute server, one that never comes to
/// an end, one that answers by halves or late, no TLS, a wrong certificate, a refused sign-in. What becomes of the letter (one Message-ID,
/// the pauses up to 72 hours, the address that is marked, two senders at once) is in <c>Server/Mail/OutboxTests</c>; the same against a real
/// server, with greylisting and a real delivery report, in <c>MailLoopTests</c>.
/// </summary>
public sealed class SmtpTransportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Replies() => new()
    {
        { "RCPT", "451 greylisted, try later", "Retry" },
        { "RCPT", "450 4.2.0 busy", "Retry" },
        { "RCPT", "550 no such user", "RecipientRejected" },
        { "RCPT", "550 5.1.1 no such user", "RecipientRejected" },
        { "RCPT", "550 5.7.1 not from you", "Failed" },
        { "RCPT", "550 relay not permitted", "Failed" },
        { "RCPT", "552 5.2.2 mailbox full", "Failed" },
        { "RCPT", "552 mailbox full", "Failed" },
        { "RCPT", "452 4.2.2 mailbox full", "Retry" },
        { "MAIL", "421 shutting down", "Retry" },
        { "MAIL", "452 too many mails at once", "Retry" },
        { "RCPT", "421 too many recipients", "Retry" },
        { "DATA", "421 shutting down", "Retry" },
        { ".", "421 shutting down", "Retry" },
        { ".", "451 4.7.1 try again later", "Retry" },
        { ".", "550 5.7.1 rejected by policy", "Failed" },
        { ".", "552 5.3.4 too big", "Failed" },
        { "GREETING", "421 too busy", "Retry" },
        { "GREETING", "554 not for you", "Retry" },
        { "EHLO", "421 your address is blocked", "Retry" },
        { "MAIL", "550 sender refused", "Failed" },
        { "DATA", "450 not now", "Retry" },
        { "DATA", "554 no", "Failed" },
        { ".", "452 disk full", "Retry" },
        { ".", "554 5.7.1 spam", "Failed" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_servers_reply_decides_the_outcome(string at, string reply, string outcome)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, reply));
        await using var transport = Transport(server);

        var result = await transport.SendAsync(Letter(), Ct);

        Assert.Equal(outcome, result.GetType().Name);
        if (result is DeliveryOutcome.Retry retry) Assert.False(retry.UnknownOutcome);
        Assert.Empty(server.Letters);
    }

    [Theory]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_server_that_dies_before_the_letter_took_nothing_over(string at)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, Die: true));
        await using var transport = Transport(server);

        Assert.False(Assert.IsType<DeliveryOutcome.Retry>(await transport.SendAsync(Letter(), Ct)).UnknownOutcome);
    }

    [Fact]
    public async Task A_server_that_dies_after_the_final_dot_may_have_the_letter()
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(".", Die: true));
        await using var transport = Transport(server);

        var outcome = await transport.SendAsync(Letter(), Ct);

        Assert.True(Assert.IsType<DeliveryOutcome.Retry>(outcome).UnknownOutcome);
        Assert.Contains("Message-Id: <one@panel.test>", Assert.Single(server.Letters), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GREETING", false)]
    [InlineData("EHLO", false)]
    [InlineData("MAIL", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData(".", true)]
    public async Task A_mute_server_costs_the_timeout_and_no_more(string at, bool unknown)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, Mute: true));
        await using var transport = Transport(server, options => options.Timeout = TimeSpan.FromSeconds(1));
        var start = TimeProvider.System.GetTimestamp();

        var outcome = await transport.SendAsync(Letter(), Ct);

        Assert.Equal(unknown, Assert.IsType<DeliveryOutcome.Retry>(outcome).UnknownOutcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("EHLO", false)]
    [InlineData("RCPT", false)]
    [InlineData(".", true)]
    public async Task A_server_that_never_comes_to_an_end_costs_no_more_than_a_claim_lasts(string at, bool unknown)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, Drips: true));
        await using var transport = Transport(server, options => options.WholeLetter = TimeSpan.FromSeconds(2));
        var start = TimeProvider.System.GetTimestamp();

        var outcome = await transport.SendAsync(Letter(), Ct);

        Assert.Equal(unknown, Assert.IsType<DeliveryOutcome.Retry>(outcome).UnknownOutcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(9));
    }

    [Theory]
    [InlineData("GREETING", false)]
    [InlineData("RCPT", false)]
    [InlineData("DATA", false)]
    [InlineData(".", true)]
    public async Task Half_an_answer_is_none(string at, bool unknown)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, Half: true));
        await using var transport = Transport(server);

        Assert.Equal(unknown, Assert.IsType<DeliveryOutcome.Retry>(await transport.SendAsync(Letter(), Ct)).UnknownOutcome);
    }

    [Theory]
    [InlineData("GREETING")]
    [InlineData(".")]
    public async Task A_server_that_takes_its_time_is_waited_for(string at)
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault(at, Delay: TimeSpan.FromSeconds(2)));
        await using var transport = Transport(server);

        Assert.IsType<DeliveryOutcome.Accepted>(await transport.SendAsync(Letter(), Ct));
        Assert.Single(server.Letters);
    }

    [Fact]
    public async Task A_refused_password_keeps_the_letters_waiting()
    {
        await using var server = new ScriptedSmtpServer(new SmtpFault("AUTH", "535 5.7.8 no"));
        await using var transport = Transport(server, options => (options.UserName, options.Password) = ("opinions", "wrong"));

        Assert.StartsWith("sign-in-refused", Assert.IsType<DeliveryOutcome.Retry>(await transport.SendAsync(Letter(), Ct)).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_listening_is_a_retry()
    {
        var closed = new ScriptedSmtpServer();
        var port = closed.Port;
        await closed.DisposeAsync();
        await using var transport = new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = port, AllowPlaintext = true }, TimeProvider.System);

        Assert.StartsWith("unreachable", Assert.IsType<DeliveryOutcome.Retry>(await transport.SendAsync(Letter(), Ct)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_tls_gets_no_letter_unless_allowed()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Transport(server, options => options.AllowPlaintext = false);

        var outcome = await transport.SendAsync(Letter(), Ct);

        Assert.StartsWith("tls-not-offered", Assert.IsType<DeliveryOutcome.Retry>(outcome).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Letters_in_a_row_share_one_connection_and_a_refused_one_does_not_break_it()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Transport(server);

        for (var i = 0; i < 3; i++) Assert.IsType<DeliveryOutcome.Accepted>(await transport.SendAsync(Letter(), Ct));

        Assert.Equal(3, server.Letters.Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_the_server_closed_meanwhile_is_opened_again()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Transport(server);
        await transport.SendAsync(Letter(), Ct);
        server.CloseConnections();

        Assert.IsType<DeliveryOutcome.Accepted>(await transport.SendAsync(Letter("two@panel.test"), Ct));

        Assert.Equal((2, 2), (server.Letters.Count, server.Connections));
    }

    [Fact]
    public async Task A_server_with_a_certificate_nobody_vouches_for_gets_no_letter()
    {
        await using var server = new ScriptedSmtpServer(implicitTls: true);
        await using var transport = Transport(server, options => options.ImplicitTls = true);

        var outcome = await transport.SendAsync(Letter(), Ct);

        Assert.StartsWith("tls-refused", Assert.IsType<DeliveryOutcome.Retry>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task A_letter_without_a_recipient_fails_and_without_a_message_id_is_our_mistake()
    {
        await using var transport = new SmtpTransport(new SmtpOptions(), TimeProvider.System);
        var nobody = Letter();
        nobody.To.Clear();
        var nameless = Letter();
        nameless.Headers.Remove(HeaderId.MessageId);

        Assert.Equal(new DeliveryOutcome.Failed("no-recipient"), await transport.SendAsync(nobody, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(nameless, Ct));
    }

    [Fact]
    public async Task A_blind_copy_stays_blind()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Transport(server);
        var letter = Letter();
        letter.Bcc.Add(new MailboxAddress(name: null, "blind@reviewer.test"));

        await transport.SendAsync(letter, Ct);

        Assert.Equal(2, server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.DoesNotContain("blind@", Assert.Single(server.Letters), StringComparison.Ordinal);
    }

    private static SmtpTransport Transport(ScriptedSmtpServer server, Action<SmtpOptions>? change = null)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, AllowPlaintext = true, Timeout = TimeSpan.FromSeconds(10) };
        change?.Invoke(options);
        return new SmtpTransport(options, TimeProvider.System);
    }

    internal static MimeMessage Letter(string id = "one@panel.test", string to = "rev1@reviewer.test")
    {
        var letter = new MimeMessage { Subject = "专家咨询函", MessageId = id, Body = new TextPart("plain") { Text = "各位专家：请提出意见。" } };
        letter.From.Add(new MailboxAddress("省政府法制办", "opinions@panel.test"));
        letter.To.Add(new MailboxAddress(name: null, to));
        return letter;
    }
}
