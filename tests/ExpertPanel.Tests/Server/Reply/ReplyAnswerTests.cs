using System.Net;
using ExpertPanel.Server.Reply;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>Accepting, declining and recusing on the page, and the papers.</summary>
public sealed class ReplyAnswerTests
{
    [Fact]
    public async Task Accepting_without_the_pledge_is_refused_at_its_field()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var page = await Browser.DocumentAsync(await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Accept"));
        Assert.Equal("接受前请确认保密承诺和无回避情形声明。", page.QuerySelector("#f-Answer-Pledge-error")!.TextContent);
        await site.ReloadAsync();
        Assert.Equal(InvitationState.Invited, site.First.State);
    }

    [Fact]
    public async Task After_the_pledge_the_expert_writes_and_the_history_says_from_where()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.AcceptAsync();
        Assert.Equal(InvitationState.Accepted, site.First.State);
        Assert.NotNull((await browser.ReadAsync(site.Link() + "/work")).QuerySelector("#f-Input-Text"));
        await using var db = site.Panel.Open();
        var row = await db.History.SingleAsync(h => h.Command == "acceptInvitation");
        Assert.Equal((site.First.ExpertId.ToString(), site.First.ExpertName), (row.ActorId, row.ActorName));
        Assert.StartsWith("web ", row.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declining_seats_the_next_and_the_old_link_thanks()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var asked = site.Matter.Panel!.Invitations.Count;
        var without = await Browser.DocumentAsync(await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Decline", ("Answer.Reason", "  ")));
        Assert.Equal("请填写“谢绝原因”。", without.QuerySelector("#f-Answer-Reason-error")!.TextContent);

        var declined = await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Decline", ("Answer.Reason", "近期出差"));
        Assert.Equal(site.Link(), declined.Headers.Location?.ToString());
        await site.ReloadAsync();
        Assert.Equal((InvitationState.Declined, "近期出差"), (site.First.State, site.First.Reason));
        Assert.Equal(asked + 1, site.Matter.Panel!.Invitations.Count);
        Assert.Equal(InvitationState.Invited, site.Matter.Panel.Invitations[^1].State);

        var page = await browser.ReadAsync(site.Link());
        Assert.Contains("您已谢绝本次咨询", page.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main form"));
        Assert.DoesNotContain(ReplySite.SecretTitle, await (await browser.OpenAsync(site.Link() + "/work")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recusing_needs_a_ground_and_ends_the_invitation()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        var without = await Browser.DocumentAsync(await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Recuse"));
        Assert.Equal("请选择回避情形。", without.QuerySelector("#f-Answer-Ground-error")!.TextContent);
        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Recuse", ("Answer.Ground", "ActsForAParty"), ("Answer.Explanation", "担任法律顾问"));
        await site.ReloadAsync();
        Assert.Equal((InvitationState.Recused, RecusalGround.ActsForAParty, "担任法律顾问"), (site.First.State, site.First.Ground, site.First.Reason));
        Assert.Contains("您已回避此次咨询", (await browser.ReadAsync(site.Link())).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lapsed_invitation_says_so_kindly_and_sends_no_code()
    {
        await using var site = await ReplySite.CreateAsync();
        using var early = site.Open();
        var form = await early.ReadAsync(site.Link());
        await site.Panel.PassAsync(TimeSpan.FromDays(20));
        using var browser = site.Open();
        var page = await browser.ReadAsync(site.Link());
        Assert.Matches("已另请专家接替|已经结束", page.QuerySelector(".state")!.TextContent);
        Assert.Contains("如有疑问，请联系甘肃省人民政府法制办公室", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main form"));
        var stale = await ReplySite.SubmitAsync(early, form, "/code", [], []);
        Assert.Equal(site.Link(), stale.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_papers_open_after_the_pledge_and_each_download_is_on_record()
    {
        await using var site = await ReplySite.CreateAsync();
        var draft = await AttachAsync(site, FileKind.DraftForReview, "送审稿.pdf");
        var minutes = await AttachAsync(site, FileKind.Minutes, "会议纪要.pdf");
        using var browser = await site.EnterAsync();
        var before = await browser.ReadAsync(site.Link() + "/work");
        Assert.Contains("送审稿.pdf", before.QuerySelector(".pack")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(before.QuerySelectorAll(".pack a[download]"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"{site.Link()}/files/{draft}")).StatusCode);

        await site.SubmitAsync(browser, site.Link() + "/work", "?handler=Accept", ("Answer.Pledge", "true"));
        var answer = await browser.OpenAsync($"{site.Link()}/files/{draft}");
        Assert.Equal(UploadSamples.Pdf, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("送审稿.pdf", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"{site.Link()}/files/{minutes}")).StatusCode);
        Assert.DoesNotContain("会议纪要.pdf", (await browser.ReadAsync(site.Link() + "/work")).Body!.TextContent, StringComparison.Ordinal);

        await using var db = site.Panel.Open();
        var row = await db.History.SingleAsync(h => h.Command == ReplyAccess.FileOpened);
        Assert.Equal(site.First.ExpertName, row.ActorName);
        Assert.Contains(draft.ToString(), row.Facts, StringComparison.Ordinal);
        Assert.Contains(site.Matter.Number, row.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_expert_sees_who_else_was_asked_or_what_they_said()
    {
        await using var site = await ReplySite.CreateAsync();
        await site.Panel.MustAsync(site.Matter.Id, new AcceptInvitation(site.Second.Id, true), People.Expert(site.Second));
        await site.Panel.MustAsync(site.Matter.Id, Stage.Opinion(site.Second, text: "孔雀石般的意见"), People.Expert(site.Second));
        using var browser = await site.AcceptAsync();
        await site.SubmitOpinionAsync(browser, "自己的意见");
        foreach (var path in new[] { "/work", "/work?amend=true", "/receipt" })
        {
            var text = await (await browser.OpenAsync(site.Link() + path)).Content.ReadAsStringAsync();
            Assert.DoesNotContain("孔雀石", text, StringComparison.Ordinal);
            foreach (var other in site.Matter.Panel!.Invitations.Skip(1)) Assert.DoesNotContain(other.ExpertName, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_pages_speak_English_on_demand()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        browser.Client.DefaultRequestHeaders.Add("Cookie", "lang=c%3Den%7Cuic%3Den");
        var page = await browser.ReadAsync(site.Link());
        Assert.Equal("Invitation to advise", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Please answer by", page.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Guid> AttachAsync(ReplySite site, FileKind kind, string name)
    {
        var row = UploadSamples.Stored(new(site.Panel.TenantId, Guid.Empty, site.Matter.Id, Guid.Empty, "", "", InvitationState.Invited, false, default, default), name, UploadSamples.Pdf);
        row.Sha256 = OpinionSubmission.HashOf(name);
        await using (var db = site.Panel.Open())
        {
            db.Files.Add(row);
            await db.SaveChangesAsync();
        }

        await site.Panel.MustAsync(site.Matter.Id, new AttachFile(row.Id, kind, name, row.MediaType, row.Size, row.Sha256), People.Handler);
        return row.Id;
    }
}
