using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Mail.Forgery;

/// <summary>More than a hundred forged mails through the real inbox: none counts, none is lost, each waits under the reason that names the attack.</summary>
public sealed class ForgeryTests(ITestOutputHelper output)
{
    private static readonly string[] Doubts = ["unconfirmed", "dkim-none", "dkim-fail"];

    [Theory]
    [InlineData("confirm")]
    [InlineData("hold")]
    public async Task No_forgery_counts_and_none_is_lost(string policy)
    {
        await using var scene = await ForgeryScene.CreateAsync(policy);
        var forgeries = Forgeries.All(scene).ToList();
        Assert.True(forgeries.Count >= 100, $"{forgeries.Count} forgeries");
        Assert.Equal(forgeries.Count, forgeries.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count());
        var wrong = new List<string>();
        var kept = new HashSet<Guid>();
        foreach (var forgery in forgeries)
        {
            var received = await scene.Mail.ReceiveAsync(forgery.Raw);
            kept.Add(received.Id);
            var expected = forgery.Reasons.Contains("unconfirmed", StringComparer.Ordinal) && policy == "hold" ? [.. forgery.Reasons, .. Doubts[1..]] : forgery.Reasons;
            if (received.State == "counted" || received.Repeated || !expected.Contains(received.Reason, StringComparer.Ordinal)) wrong.Add($"{forgery.Name}: {received.State}, {received.Reason}");
        }

        output.WriteLine($"{policy}: {forgeries.Count} forgeries, {kept.Count} kept");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(forgeries.Count, kept.Count);
        foreach (var matter in new[] { scene.Matter, scene.Other, scene.Secret })
            Assert.All((await scene.Mail.MatterAsync(matter.Id)).Panel!.Invitations, i => Assert.Equal((0, InvitationState.Invited), (i.Opinions.Count, i.State)));
        await using var anywhere = scene.Mail.Panel.Databases.Create(scene.Mail.Panel.TenantId);
        Assert.Equal(forgeries.Count - 1, await anywhere.InboundMails.CountAsync(m => m.Size > 0)); // One lies with the other committee.

        // The control: what the forgeries imitate does count.
        var genuine = WrittenMail.Of(scene.Address, scene.To(scene.Victim), "意见：合法\n理由：本人意见。\n", "genuine@example.test").Sign(ForgeryScene.DomainKey, scene.Domain);
        Assert.Equal("counted", (await scene.Mail.ReceiveAsync(genuine.Bytes)).State);
    }

    [Fact]
    public async Task A_counted_mail_replayed_under_another_message_id_brings_no_second_version()
    {
        await using var scene = await ForgeryScene.CreateAsync("confirm");
        WrittenMail Truly(string text, string id) => WrittenMail.Of(scene.Address, scene.To(scene.Victim), text, id).Sign(ForgeryScene.DomainKey, scene.Domain, fields: "from:to:subject:date");
        var first = Truly("意见：合法\n理由：初步意见。\n", "first@example.test");
        Assert.Equal("counted", (await scene.Mail.ReceiveAsync(first.Bytes)).State);
        Assert.Equal("counted", (await scene.Mail.ReceiveAsync(Truly("意见：不合法\n理由：再三考虑。\n", "second@example.test").Bytes)).State);

        // Its signature does not cover the Message-ID, so it still verifies.
        var replayed = await scene.Mail.ReceiveAsync(first.Replace("Message-ID", "<third@example.test>").Bytes);

        Assert.Equal(("held", "dkim-replay"), (replayed.State, replayed.Reason));
        Assert.Equal([OpinionStand.Lawful, OpinionStand.Unlawful], (await scene.Mail.InvitationAsync(scene.Matter.Id, scene.Victim.Id)).Opinions.Select(o => o.Stand));
    }

    [Fact]
    public async Task A_stolen_token_brings_the_expert_three_questions_a_day_at_most()
    {
        await using var scene = await ForgeryScene.CreateAsync("confirm");
        for (var i = 0; i < 6; i++)
            Assert.Equal("unconfirmed", (await scene.Mail.ReceiveAsync(WrittenMail.Of(scene.Address, scene.To(scene.Victim), $"意见：合法\n理由：第 {i} 封。\n", $"flood{i}@forged.test").Bytes)).Reason);

        await using var db = scene.Mail.Panel.Open();
        Assert.Equal(3, await db.Letters.CountAsync(l => l.Kind == "mail-confirmation"));
        Assert.Equal(6, await db.InboundMails.CountAsync(m => m.State == "held"));
    }
}
