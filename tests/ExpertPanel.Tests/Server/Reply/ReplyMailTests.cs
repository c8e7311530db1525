using ExpertPanel.Server.Mail.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>An expert who answered by mail sees what was cut off, and can amend with the whole.</summary>
public sealed class ReplyMailTests
{
    private const string Quote = "-----原始邮件-----\n发件人: 法制办 <opinions@panel.example>\n发送时间: 2014-09-26 10:00\n收件人: 专家\n主题: 咨询\n\n引文里的意见";

    [Fact]
    public async Task What_was_cut_off_is_one_click_away_and_fills_the_amendment()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        await using (var db = site.Panel.Open())
        {
            var address = await db.ExpertAddresses.Where(a => a.ExpertId == site.First.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();
            var token = site.Panel.Tokens.TokenOf(site.Panel.TenantId, site.First.Id);
            var raw = $"From: <{address}>\nTo: <{ReplyAddress.Format("opinions@panel.example", token)}>\nSubject: Re\nMessage-ID: <1@example.test>\nContent-Type: text/plain; charset=utf-8\n\n同意。\n\n{Quote}\n";
            Assert.Equal("counted", (await site.App.Services.GetRequiredService<InboxRunner>().ReceiveAsync(System.Text.Encoding.UTF8.GetBytes(raw), CancellationToken.None)).State);
        }

        var given = await browser.ReadAsync(site.Link() + "/work");
        var cut = given.QuerySelectorAll("#opinion details").Single(d => d.TextContent.Contains("引文里的意见", StringComparison.Ordinal));
        Assert.Equal(Quote, cut.QuerySelector(".as-typed")?.TextContent);
        var form = await browser.ReadAsync(cut.QuerySelector("a")?.GetAttribute("href") ?? "");

        Assert.Equal("同意。\n\n" + Quote, form.QuerySelector("#f-Input-Text")?.TextContent.Trim());
        Assert.Equal("同意。", (await browser.ReadAsync(site.Link() + "/work?amend=true")).QuerySelector("#f-Input-Text")?.TextContent.Trim());
    }
}
