using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reply;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

public sealed class ReplyCodesTests
{
    [Fact]
    public async Task A_code_goes_to_the_registered_address_and_opens_once()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        Assert.Matches("^[0-9]{6}$", code);

        Assert.Equal(CodeEntry.Right, (await reply.EnterAsync(place, code)).Outcome);
        Assert.Equal(CodeEntry.Spent, (await reply.EnterAsync(place, code)).Outcome);
    }

    [Fact]
    public async Task The_mail_names_the_office_and_nothing_of_the_matter()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        var mail = await reply.LastMailAsync();
        await using var db = reply.Panel.Open();
        var address = await db.ExpertAddresses.Where(a => a.ExpertId == place.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();

        Assert.Equal(address, mail.To.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Contains("甘肃省人民政府法制办公室", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail.Subject, StringComparison.Ordinal);
        foreach (var secret in new[] { reply.Matter.Title, reply.Matter.Submission.SponsoringUnit, reply.Matter.Number, reply.TokenOf(reply.First) })
            Assert.DoesNotContain(secret, mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_stands_nowhere_at_rest()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var code = await reply.CodeAsync(await reply.PlaceAsync());
        await using var db = reply.Panel.Open();
        var row = await db.ReplyCodes.SingleAsync();
        Assert.DoesNotContain(code, row.CodeHash, StringComparison.Ordinal);
        Assert.Equal(64, row.CodeHash.Length);
        Assert.NotEqual(ReplyCodes.HashOf(reply.Matter.Panel!.Invitations[1].Id, code), row.CodeHash);
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        reply.Panel.Clock.Advance(ReplyCodes.Life);
        Assert.Equal(CodeEntry.Spent, (await reply.EnterAsync(place, code)).Outcome);
    }

    [Fact]
    public async Task Five_wrong_tries_spend_a_code()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        var wrong = code == "000000" ? "000001" : "000000";
        var answers = new List<CodeEntered>();
        for (var i = 0; i < ReplyCodes.MostTries; i++) answers.Add(await reply.EnterAsync(place, wrong));

        Assert.Equal([4, 3, 2, 1, 0], answers.Select(a => a.TriesLeft));
        Assert.Equal(CodeEntry.Spent, answers[^1].Outcome);
        Assert.Equal(CodeEntry.Spent, (await reply.EnterAsync(place, code)).Outcome);
    }

    [Fact]
    public async Task Tries_sent_at_once_count_like_tries_in_turn()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        var wrong = Enumerable.Range(0, 40).Select(i => i.ToString("D6", System.Globalization.CultureInfo.InvariantCulture)).Where(c => c != code);
        var answers = await Task.WhenAll(wrong.Select(guess => Task.Run(() => reply.EnterAsync(place, guess))));
        Assert.Equal(ReplyCodes.MostTries, answers.Count(a => a.Counted));
        Assert.Equal(CodeEntry.Spent, (await reply.EnterAsync(place, code)).Outcome);
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before_it()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var first = await reply.CodeAsync(place);
        reply.Panel.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await reply.CodeAsync(place);
        if (first != second) Assert.Equal(CodeEntry.Wrong, (await reply.EnterAsync(place, first)).Outcome);
        Assert.Equal(CodeEntry.Right, (await reply.EnterAsync(place, second)).Outcome);
    }

    [Fact]
    public async Task At_most_five_codes_leave_in_an_hour_even_when_asked_for_at_once()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var codes = reply.Panel.Get<ReplyCodes>();
        var asked = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => codes.SendAsync(place, CancellationToken.None))));
        Assert.Equal(ReplyCodes.MostAnHour, asked.Count(a => a.Outcome == CodeSending.Sent));
        Assert.Equal(ReplyCodes.MostAnHour, await reply.CountAsync<ReplyCodeRow>());
        Assert.Equal(ReplyCodes.MostAnHour, Directory.GetFiles(reply.Folder, "*.eml").Length);

        reply.Panel.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(CodeSending.Sent, (await codes.SendAsync(place, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task At_most_twenty_codes_leave_in_a_day()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var codes = reply.Panel.Get<ReplyCodes>();
        var sent = 0;
        for (var hour = 0; hour < 8; hour++)
        {
            for (var i = 0; i < ReplyCodes.MostAnHour; i++)
                if ((await codes.SendAsync(place, CancellationToken.None)).Outcome == CodeSending.Sent) sent++;
            reply.Panel.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Equal(ReplyCodes.MostADay, sent);
    }

    [Fact]
    public async Task A_code_of_one_invitation_opens_no_other()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var other = await reply.PlaceAsync(reply.Matter.Panel!.Invitations[1]);
        var mine = await reply.PlaceAsync();
        var hers = await reply.CodeAsync(other);
        var own = await reply.CodeAsync(mine);
        if (hers != own) Assert.Equal(CodeEntry.Wrong, (await reply.EnterAsync(mine, hers)).Outcome);
        Assert.Equal(CodeEntry.Right, (await reply.EnterAsync(mine, own)).Outcome);
    }

    [Fact]
    public async Task Full_width_digits_and_spaces_are_understood()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var place = await reply.PlaceAsync();
        var code = await reply.CodeAsync(place);
        var typed = " " + string.Concat(code.Select(c => (char)(c - '0' + '０'))).Insert(3, "　");
        Assert.Equal(CodeEntry.Right, (await reply.EnterAsync(place, typed)).Outcome);
    }

    [Theory]
    [InlineData("expert001@example.test", "e***1@example.test")]
    [InlineData("ab@example.test", "a***@example.test")]
    [InlineData("a@example.test", "a***@example.test")]
    [InlineData("nonsense", "***")]
    public void An_address_is_shown_masked(string address, string shown) => Assert.Equal(shown, ReplyCodes.Mask(address));
}
