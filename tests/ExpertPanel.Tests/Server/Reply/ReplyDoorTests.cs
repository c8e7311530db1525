using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Reply;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>What a link alone gives, to its owner, to a mail scanner and to a guesser.</summary>
public sealed class ReplyDoorTests
{
    [Fact]
    public async Task The_link_shows_whose_office_asks_and_until_when_and_nothing_of_the_matter()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var answer = await browser.OpenAsync(site.Link());
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("甘肃省人民政府法制办公室", page, StringComparison.Ordinal);
        Assert.Contains($"您受邀就一件涉法事务提供专家意见，请于{site.First.AnswerBy:yyyy年M月d日}前答复", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());

        var submission = site.Matter.Submission;
        string[] secrets =
        [
            site.Matter.Title, site.Matter.Number, submission.SponsoringUnit, submission.LetterNumber, site.Matter.Panel!.Questions, .. submission.Parties,
            .. site.Matter.Panel.Invitations.Select(i => i.ExpertName), .. site.Matter.Panel.Invitations.Select(i => i.BankNumber),
        ];
        foreach (var secret in secrets) Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_a_thousand_times_changes_nothing()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        await browser.OpenAsync(site.Link());
        var before = await ContentsAsync(site);
        string[] paths = ["", "/code", "/enter", "/work", "/confirm", "/receipt", $"/files/{Guid.CreateVersion7()}"];
        for (var i = 0; i < 1000; i++)
        {
            using var request = new HttpRequestMessage(i % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, site.Link() + paths[i % paths.Length]);
            var answer = await browser.Client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"{request.Method} {request.RequestUri}: {answer}");
            Assert.DoesNotContain("expertpanel-reply", answer.Headers.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(before, await ContentsAsync(site));
    }

    [Fact]
    public async Task A_scanner_that_submits_the_first_form_decides_nothing()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        await site.CodeAsync(browser);
        await site.ReloadAsync();
        Assert.All(site.Matter.Panel!.Invitations, i => Assert.Equal(InvitationState.Invited, i.State));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync(site.Link() + "/work")).StatusCode);
    }

    [Fact]
    public async Task Ten_thousand_made_up_tokens_find_nothing()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var door = reply.Panel.Get<ReplyDoor>();
        for (var i = 0; i < 10_000; i++) Assert.Null(await door.FindAsync(MadeUpToken(), CancellationToken.None));
    }

    [Fact]
    public async Task Whatever_is_no_token_gets_the_same_answer()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in new[] { "x", "%20", "专家", new string('a', 2000), site.Link()[3..] + "a", site.Link()[3..^1], "%27%20or%201=1--", MadeUpToken(), MadeUpToken() })
        {
            var answer = await browser.OpenAsync("/r/" + token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var site = await ReplySite.CreateAsync(requestsPerMinute: 30);
        using var browser = site.Open();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++) answers.Add((await browser.OpenAsync($"/r/{i:D26}")).StatusCode);
        Assert.Equal(30, answers.Count(a => a == HttpStatusCode.NotFound));
        Assert.Equal(10, answers.Count(a => a == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task A_token_is_understood_in_capitals_as_mail_programs_write_it()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/r/" + site.Link()[3..].ToUpperInvariant())).StatusCode);
    }

    [Fact]
    public async Task Token_and_code_stand_in_no_log_and_in_no_table()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = site.Open();
        var code = await site.CodeAsync(browser);
        await site.SubmitAsync(browser, site.Link() + "/code", "/enter", ("Code", code));
        await browser.ReadAsync(site.Link() + "/work");
        var token = site.Link()[3..];
        Assert.DoesNotContain(site.App.Log.Value, line => line.Contains(token, StringComparison.OrdinalIgnoreCase) || line.Contains(code, StringComparison.Ordinal));
        var contents = await ContentsAsync(site);
        Assert.DoesNotContain(token, contents, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_is_done_without_the_form_it_came_from()
    {
        await using var site = await ReplySite.CreateAsync();
        using var browser = await site.EnterAsync();
        foreach (var path in new[] { "/code", "/enter", "/work?handler=Accept", "/work?handler=Decline", "/work?handler=Save", "/confirm" })
        {
            var answer = await browser.Client.PostAsync(site.Link() + path, new FormUrlEncodedContent([KeyValuePair.Create("Answer.Pledge", "true")]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static string MadeUpToken() => string.Concat(RandomNumberGenerator.GetItems<char>("abcdefghijklmnopqrstuvwxyz234567", 26));

    /// <summary>Every row of every table that this part writes, as text.</summary>
    private static async Task<string> ContentsAsync(ReplySite site)
    {
        await using var db = site.Panel.Open();
        var text = new StringBuilder();
        foreach (var rows in new object[]
        {
            await db.Matters.AsNoTracking().OrderBy(r => r.Id).ToListAsync(), await db.History.AsNoTracking().OrderBy(r => r.StreamId).ThenBy(r => r.Sequence).ToListAsync(),
            await db.Invitations.AsNoTracking().OrderBy(r => r.Id).ToListAsync(), await db.ReplyCodes.AsNoTracking().OrderBy(r => r.Id).ToListAsync(),
            await db.OpinionDrafts.AsNoTracking().ToListAsync(), await db.Letters.AsNoTracking().OrderBy(r => r.Id).ToListAsync(), await db.Committees.AsNoTracking().ToListAsync(),
        })
            text.AppendLine(System.Text.Json.JsonSerializer.Serialize(rows));
        return text.ToString();
    }
}
