using System.Net;
using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>The pages of held mail, of letters, and of the developer's mailbox.</summary>
public sealed class MailPagesTests : IAsyncLifetime
{
    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() => app = await AppFactory.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_held_mail_is_shown_as_text_with_its_reason_and_its_original()
    {
        var held = await HoldAsync("<script>alert(1)</script> 请问何意？");
        using var browser = await app.SignInAsync("secretary", Role.Secretariat);

        var list = await browser.ReadAsync("/holding-pen");
        var page = await browser.ReadAsync($"/holding-pen/{held.Id}");
        var raw = await browser.OpenAsync($"/holding-pen/{held.Id}?handler=Raw");

        Assert.Contains("收件地址没有答复令牌", list.QuerySelector("tbody")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script> 请问何意？", page.QuerySelector(".mail-text")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("main script"), _ => true);
        Assert.Equal("attachment", raw.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith("From: ", await raw.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_discarded_with_a_reason_only()
    {
        var held = await HoldAsync("请问何意？");
        using var browser = await app.SignInAsync("secretary", Role.Secretariat);

        var refused = await browser.SubmitAsync($"/holding-pen/{held.Id}", new Dictionary<string, string> { ["Discard.Reason"] = " " }, "Discard");
        var done = await browser.SubmitAsync($"/holding-pen/{held.Id}", new Dictionary<string, string> { ["Discard.Reason"] = "广告" }, "Discard");

        Assert.Contains("请写明理由", (await Browser.DocumentAsync(refused)).QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("/holding-pen", done.Headers.Location?.OriginalString);
        await using var db = app.Database();
        Assert.Equal("discarded", await db.InboundMails.Select(m => m.State).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/holding-pen/{held.Id}")).StatusCode);
    }

    [Theory]
    [InlineData("/holding-pen")]
    [InlineData("/letters")]
    public async Task Mail_is_the_secretariats(string path)
    {
        using var browser = await app.SignInAsync("handler", Role.CaseHandler);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.OpenAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_failed_letter_is_listed_with_its_error_and_sent_again()
    {
        await using (var db = app.Database())
        {
            db.Letters.Add(new LetterRow
            {
                Id = Guid.CreateVersion7(), MatterId = Guid.CreateVersion7(), Kind = "supplement-notice", ToName = "联系人一", ToAddress = "a@sponsor.test", MessageId = "x@panel.test",
                CreatedAt = TestPanel.Start, NextAttemptAt = TestPanel.Start, FailedAt = TestPanel.Start, LastError = "552 mailbox full", Attempts = 3,
            });
            await db.SaveChangesAsync();
        }

        using var browser = await app.SignInAsync("secretary", Role.Secretariat);
        var page = await browser.ReadAsync("/letters");
        var answer = await browser.SubmitAsync("/letters", new Dictionary<string, string>(), "Resend");

        Assert.Contains("补正通知", page.QuerySelector("tbody")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("552 mailbox full", page.QuerySelector("tbody")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var after = app.Database();
        Assert.True(await after.Letters.SingleAsync() is { FailedAt: null, Attempts: 0 });
    }

    [Fact]
    public async Task A_developer_answers_a_letter_as_its_recipient_and_the_inbox_takes_it()
    {
        using var letter = new MimeMessage { Subject = "专家咨询函", MessageId = "letter@panel.test", Body = new TextPart("plain") { Text = "请提出意见。" } };
        letter.From.Add(new MailboxAddress("办公室", "opinions@panel.example"));
        letter.To.Add(new MailboxAddress("专家", "expert@example.test"));
        letter.ReplyTo.Add(new MailboxAddress("办公室", "opinions+r-abcdefghijklmnopqrstuvwxyz@panel.example"));
        await app.Services.GetRequiredService<IMailTransport>().SendAsync(letter, CancellationToken.None);
        using var browser = await app.SignInAsync("developer", Role.CaseHandler);

        var list = await browser.ReadAsync("/mailbox");
        var address = list.QuerySelector("tbody a")?.GetAttribute("href") ?? "";
        var answer = await browser.SubmitAsync(address, new Dictionary<string, string> { ["Text"] = "意见：合法" });
        var taken = new List<ReadMail>();
        await app.Services.GetRequiredService<IMailSource>().FetchAsync(async (mail, ct) =>
        {
            taken.Add(await app.Services.GetRequiredService<MailReader>().ReadAsync(mail.Raw, ReadMailOptions.Default, ct));
            return MailPlace.Processed;
        }, CancellationToken.None);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var reply = Assert.Single(taken);
        Assert.Equal((MailVerdict.Count, "abcdefghijklmnopqrstuvwxyz", "expert@example.test", "意见：合法"), (reply.Verdict, reply.Token, reply.From, reply.Text.Trim()));
    }

    [Fact]
    public async Task There_is_no_mailbox_page_in_production()
    {
        await using var production = await AppFactory.StartAsync("Production");
        await using var without = await AppFactory.StartAsync(services: s => s.RemoveAll<IDeveloperMailbox>());
        using var browser = await without.SignInAsync("developer", Role.CaseHandler);

        Assert.Null(production.Services.GetService<IDeveloperMailbox>());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/mailbox")).StatusCode);
    }

    private Task<ReceivedMail> HoldAsync(string text) => app.Services.GetRequiredService<InboxRunner>().ReceiveAsync(
        Encoding.UTF8.GetBytes($"From: someone@example.test\r\nTo: opinions@panel.example\r\nSubject: question\r\nMessage-ID: <q@example.test>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"), CancellationToken.None);
}
