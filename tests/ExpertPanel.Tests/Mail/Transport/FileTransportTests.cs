using ExpertPanel.Server.Mail.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Mail.Transport;

public sealed class FileTransportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("expertpanel-mail-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_letter_sent_twice_is_one_file_even_after_a_restart()
    {
        await new FileTransport(folder, TimeProvider.System).SendAsync(SmtpTransportTests.Letter(), Ct);
        var transport = new FileTransport(folder, TimeProvider.System);

        Assert.IsType<DeliveryOutcome.Accepted>(await transport.SendAsync(SmtpTransportTests.Letter(), Ct));
        Assert.IsType<DeliveryOutcome.Accepted>(await transport.SendAsync(SmtpTransportTests.Letter("two@panel.test"), Ct));

        Assert.Equal(2, Directory.GetFiles(folder).Length);
        var first = await MimeMessage.LoadAsync(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First(), Ct);
        Assert.Equal(("one@panel.test", "专家咨询函"), (first.MessageId, first.Subject));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_retry()
    {
        var transport = new FileTransport(Path.Combine(folder, "out"), TimeProvider.System);
        Directory.Delete(Path.Combine(folder, "out"));
        await File.WriteAllTextAsync(Path.Combine(folder, "out"), "in the way", Ct);

        Assert.False(Assert.IsType<DeliveryOutcome.Retry>(await transport.SendAsync(SmtpTransportTests.Letter(), Ct)).UnknownOutcome);
    }

    [Fact]
    public async Task A_dropped_mail_is_moved_only_after_it_was_handled()
    {
        await DropAsync("a.eml", "From: a@b.cn\r\n\r\nhi");
        await DropAsync("b.eml", "bad");
        var seen = new List<string>();

        var count = await Source().FetchAsync(
            (mail, _) =>
            {
                Assert.True(File.Exists(Path.Combine(folder, mail.Origin["file:".Length..])));
                seen.Add(mail.Origin);
                return Task.FromResult(mail.Origin is "file:b.eml" ? MailPlace.Quarantine : MailPlace.Processed);
            },
            Ct);

        Assert.Equal(2, count);
        Assert.Equal(["file:a.eml", "file:b.eml"], seen);
        Assert.True(File.Exists(Path.Combine(folder, "processed", "a.eml")));
        Assert.True(File.Exists(Path.Combine(folder, "quarantine", "b.eml")));
    }

    [Fact]
    public async Task When_storing_fails_the_mail_stays_and_comes_again()
    {
        await DropAsync("a.eml", "x");
        var source = Source();

        await Assert.ThrowsAsync<InvalidOperationException>(() => source.FetchAsync((_, _) => throw new InvalidOperationException("the database is away"), Ct));

        Assert.Equal(1, await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));
    }

    [Fact]
    public async Task A_second_mail_of_the_same_name_does_not_replace_the_first()
    {
        var source = Source();
        foreach (var text in new[] { "one", "two" })
        {
            await DropAsync("a.eml", text);
            await source.FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct);
        }

        Assert.Equal(["one", "two"], Directory.GetFiles(Path.Combine(folder, "processed")).Select(File.ReadAllText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_still_being_written_is_left_alone()
    {
        await DropAsync("a.eml.tmp", "x");
        await DropAsync("b.part", "x");
        await DropAsync(".hidden", "x");
        await DropAsync("empty-so-far.eml", "");
        await using var growing = new FileStream(Path.Combine(folder, "growing.eml"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    growing.WriteByte((byte)'x');
                    growing.Flush();
                    await Task.Delay(10, Ct);
                }
            },
            Ct);

        Assert.Equal(0, await Source().FetchAsync((_, _) => Task.FromResult(MailPlace.Processed), Ct));

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Of_a_file_too_large_only_the_beginning_is_read()
    {
        await DropAsync("a.eml", "From: a@b.cn\r\n\r\n" + new string('x', 300_000));
        ArrivedMail? arrived = null;

        await new FileMailSource(folder, maxBytes: 200_000, TimeProvider.System, NullLogger<FileMailSource>.Instance).FetchAsync(
            (mail, _) =>
            {
                arrived = mail;
                return Task.FromResult(MailPlace.Quarantine);
            },
            Ct);

        Assert.NotNull(arrived);
        Assert.Equal((false, 300_016L, FileMailSource.BeginningBytes), (arrived.IsWhole, arrived.Size, arrived.Raw.Length));
    }

    [Fact]
    public async Task Waiting_ends_when_a_mail_is_dropped()
    {
        var source = Source();
        var waiting = source.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await DropAsync("a.eml", "x");

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task A_mail_that_could_not_be_handled_is_no_news_to_wake_up_for()
    {
        await DropAsync("a.eml", "x");
        var source = Source();
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.FetchAsync((_, _) => throw new InvalidOperationException("the database is away"), Ct));
        var start = TimeProvider.System.GetTimestamp();

        await source.WaitAsync(TimeSpan.FromMilliseconds(300), Ct);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
    }

    private FileMailSource Source() => new(folder, maxBytes: 25_000_000, TimeProvider.System, NullLogger<FileMailSource>.Instance);

    private Task DropAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, Ct);
}
