using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reply;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

public sealed class OpinionDraftTests
{
    private static readonly OpinionDraft Words = OpinionDraft.Empty with { Stand = OpinionStand.LawfulWithChanges, Text = "第三条应当修改。", Suggestions = "删除第三条", Dissent = true };

    [Fact]
    public async Task What_was_saved_is_there_again()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        var saved = await drafts.SaveAsync(place, open, Words, [], null, CancellationToken.None);
        var again = await drafts.LoadAsync(place, open, CancellationToken.None);
        Assert.True(saved.Changed);
        Assert.True(again.SaysTheSame(Words));
        Assert.Equal(reply.Panel.Clock.GetUtcNow(), again.SavedAt);
    }

    [Fact]
    public async Task Saving_the_same_again_writes_nothing()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        var first = await drafts.SaveAsync(place, open, Words, [], null, CancellationToken.None);
        reply.Panel.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await drafts.SaveAsync(place, open, Words, [], null, CancellationToken.None);
        Assert.False(second.Changed);
        Assert.Equal(first.Draft.SavedAt, second.Draft.SavedAt);
    }

    [Fact]
    public async Task Attachments_come_and_go_with_the_draft()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        var row = UploadSamples.Stored(place, "意见.pdf", UploadSamples.Pdf);
        var saved = await drafts.SaveAsync(place, open, Words, [row], null, CancellationToken.None);
        Assert.Equal("意见.pdf", Assert.Single(saved.Draft.Files).Name);
        Assert.Equal(1, await reply.CountAsync<FileRow>());

        var twice = await drafts.SaveAsync(place, open, Words, [UploadSamples.Stored(place, "意见(1).pdf", UploadSamples.Pdf)], null, CancellationToken.None);
        Assert.Single(twice.Draft.Files);

        var without = await drafts.SaveAsync(place, open, Words, [], row.Id, CancellationToken.None);
        Assert.Empty(without.Draft.Files);
        Assert.Equal(0, await reply.CountAsync<FileRow>());
    }

    [Fact]
    public async Task An_attachment_of_a_submitted_opinion_outlives_its_removal_from_the_draft()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        var row = UploadSamples.Stored(place, "意见.pdf", UploadSamples.Pdf);
        var saved = await drafts.SaveAsync(place, open, Words, [row], null, CancellationToken.None);
        await reply.DoAsync(new SubmitOpinion(place.InvitationId, OpinionStand.Lawful, "同意。", null, false, OpinionChannel.Web, saved.Draft.Files));
        open = await reply.OpenAsync(place);

        await drafts.SaveAsync(place, open, Words, [], row.Id, CancellationToken.None);
        Assert.Equal(1, await reply.CountAsync<FileRow>());
        Assert.NotNull(await reply.Panel.Get<OpinionFiles>().FindAsync(place, open, OpinionDraft.Empty, row.Id, CancellationToken.None));
    }

    [Fact]
    public async Task An_amendment_begins_with_the_last_version()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        await drafts.SaveAsync(place, open, Words, [], null, CancellationToken.None);
        reply.Panel.Clock.Advance(TimeSpan.FromMinutes(1));
        await reply.DoAsync(new SubmitOpinion(place.InvitationId, OpinionStand.Unlawful, "与上位法抵触。", null, true, OpinionChannel.Web));
        open = await reply.OpenAsync(place);

        // The older draft, left behind, doesn't win over what was submitted after it.
        var begun = await drafts.LoadAsync(place, open, CancellationToken.None);
        Assert.Equal("与上位法抵触。", begun.Text);
        Assert.False(await drafts.IsWaitingAsync(place, open, CancellationToken.None));
    }

    [Fact]
    public async Task Two_first_saves_at_once_both_succeed()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var (place, open) = await reply.AcceptedAsync();
        var drafts = reply.Panel.Get<OpinionDrafts>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            drafts.SaveAsync(place, open, Words with { Text = $"第{i}稿" }, [], null, CancellationToken.None))));
        Assert.Equal(1, await reply.CountAsync<OpinionDraftRow>());
    }

    [Fact]
    public void What_is_typed_is_kept_without_what_a_database_cannot_hold() => Assert.Equal("甲\n乙\n丙", OpinionDraft.Clean("甲\r\n乙\r丙\0"));
}
