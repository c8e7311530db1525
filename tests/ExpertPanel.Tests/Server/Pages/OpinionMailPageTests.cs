using System.Net;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class OpinionMailPageTests(Office office)
{
    private const string Quote = "-----原始邮件-----\n发件人: 法制办 <opinions@panel.example>\n发送时间: 2014-09-26 10:00\n收件人: 专家\n主题: 咨询\n\n引文里的意见";

    [Fact]
    public async Task What_was_cut_off_is_one_click_away_and_is_restored_with_a_reason()
    {
        var (matter, invitation) = await MailedAsync();
        var link = $"/matters/{matter.Number}/opinions/{invitation.Id}/1/mail";
        Assert.NotNull((await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}")).QuerySelector($"a[href='{link}']"));

        var handlers = await office.Of("承办人乙").ReadAsync(link);
        Assert.Equal(Quote, handlers.QuerySelector("details pre")?.TextContent.Trim());
        Assert.Null(handlers.QuerySelector("main form[method=post]"));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync(link)).StatusCode);

        var secretary = office.Of("秘书辛");
        Assert.NotNull((await Browser.DocumentAsync(await secretary.SubmitAsync(link, Reason(" ")))).QuerySelector(".error"));
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync(link, Reason("引文里有意见"))).StatusCode);

        Assert.Contains("引文里的意见", (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}")).QuerySelector("article.opinion details[open]")?.TextContent, StringComparison.Ordinal);
        Assert.Null((await secretary.ReadAsync($"/matters/{matter.Number}/opinions/{invitation.Id}/2/mail")).QuerySelector("main form[method=post]"));
    }

    private static Dictionary<string, string> Reason(string reason) => new() { ["Reason"] = reason };

    private async Task<(Matter Matter, Invitation Invitation)> MailedAsync()
    {
        var matter = await office.ConsultingAsync();
        var invitation = matter.Panel?.Invitations[0] ?? throw new InvalidOperationException();
        await using var db = office.App.Database();
        var address = await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();
        var token = office.App.Services.GetRequiredService<ReplyTokens>().TokenOf(office.App.TenantId, invitation.Id);
        var raw = $"From: <{address}>\nTo: <{ReplyAddress.Format("opinions@panel.example", token)}>\nSubject: Re\nMessage-ID: <{Guid.CreateVersion7():N}@example.test>\nContent-Type: text/plain; charset=utf-8\n\n同意。\n\n{Quote}\n";
        var received = await office.App.Services.GetRequiredService<InboxRunner>().ReceiveAsync(System.Text.Encoding.UTF8.GetBytes(raw), CancellationToken.None);
        Assert.Equal("counted", received.State);
        return (matter, invitation);
    }
}
