using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Tests.Server.Mail;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>The holding pen and the expert's question page over HTTP, without script.</summary>
public sealed class HoldingPenPagesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TestPanel.Start);
    private readonly string mails = Directory.CreateTempSubdirectory("pen-pages-").FullName;
    private AppFactory app = null!; // Both set before any test by InitializeAsync.
    private TestPanel panel = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppFactory.StartAsync(
            settings: new Dictionary<string, string> { ["Mail:Folder"] = mails, ["Mail:Mailbox"] = "opinions@panel.test", ["Mail:BaseUrl"] = "https://panel.test/", ["RateLimits:ReplyPerMinute"] = "100000" },
            services: s => s.AddSingleton<TimeProvider>(clock).AddSingleton<IDkimKeys>(new FileDkimKeys([])));
        panel = await TestPanel.OverAsync(app.Services, clock, app.TenantId);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(mails, recursive: true);
    }

    [Fact]
    public async Task The_page_behind_the_link_changes_nothing_until_a_button_is_pressed_and_then_once()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        Assert.Equal("unconfirmed", (await ReceiveAsync(await AddressAsync(invitation), ToOf(invitation), "意见：合法\n理由：珊瑚鹦鹉有依据。")).Reason);
        var token = await QuestionAsync();
        using var expert = app.Open();

        for (var i = 0; i < 5; i++)
        {
            var page = await expert.ReadAsync($"/c/{token}");
            Assert.Contains("珊瑚鹦鹉", page.QuerySelector(".as-typed")?.TextContent, StringComparison.Ordinal);
            Assert.Equal(2, page.QuerySelectorAll("main form").Length);
        }

        await using (var db = app.Database()) Assert.Null((await db.MailConfirmations.SingleAsync()).Answer);
        Assert.Equal(HttpStatusCode.BadRequest, (await expert.Client.PostAsync($"/c/{token}?handler=Yes", new FormUrlEncodedContent([]))).StatusCode); // No antiforgery token.
        var answered = await Browser.DocumentAsync(await expert.SubmitAsync($"/c/{token}", new Dictionary<string, string>(), "Yes"));
        var again = await expert.ReadAsync($"/c/{token}");

        Assert.Contains("已经计入", answered.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        Assert.Empty(again.QuerySelectorAll("main form"));
        await using var after = app.Database();
        Assert.Equal("counted", (await after.InboundMails.SingleAsync()).State);
        using var handler = await app.SignInAsync("secretary", Role.Secretariat);
        Assert.Contains("通过登记邮箱收到的链接确认", (await handler.ReadAsync($"/matters/{matter.Number}")).QuerySelector("#panel")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Value, l => l.Contains(token, StringComparison.Ordinal) && !l.Contains("Request ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/c/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/c/%20")]
    [InlineData("/c/..%2F..%2Fetc")]
    public async Task A_token_that_is_none_opens_nothing(string path)
    {
        using var anybody = app.Open();

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.OpenAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_reply_token_opens_no_question_and_a_question_opens_no_invitation()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        await ReceiveAsync(await AddressAsync(invitation), ToOf(invitation), "意见：合法");
        var token = await QuestionAsync();
        using var anybody = app.Open();

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.OpenAsync($"/c/{panel.Tokens.TokenOf(app.TenantId, invitation.Id)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.OpenAsync($"/r/{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.OpenAsync($"/c/{token.ToUpperInvariant()}")).StatusCode);
    }

    [Fact]
    public async Task A_no_raises_an_alarm_on_the_desk()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        await ReceiveAsync(await AddressAsync(invitation), ToOf(invitation), "意见：合法");
        using var expert = app.Open();
        await expert.SubmitAsync($"/c/{await QuestionAsync()}", new Dictionary<string, string>(), "No");
        clock.Advance(TimeSpan.FromHours(50));
        using var secretary = await app.SignInAsync("secretary", Role.Secretariat);

        var desk = await secretary.ReadAsync("/desk");
        var list = await secretary.ReadAsync("/holding-pen?Reason=denied");

        Assert.Contains("疑似冒名的来件", desk.QuerySelector("[aria-labelledby=denied-mails]")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("最早的已等候 2 天 2 小时", desk.QuerySelector(".boxes")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("不是本人所发", list.QuerySelector("tbody")?.TextContent, StringComparison.Ordinal);
        Assert.Empty((await secretary.ReadAsync("/holding-pen?Reason=no-token")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task The_secretariat_registers_files_answers_and_judges_again_on_the_page()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        var held = await ReceiveAsync("private@elsewhere.test", ToOf(invitation), "意见：合法\n理由：有依据。");
        var stray = await ReceiveAsync("stranger@elsewhere.test", "opinions@panel.test", $"意见：合法\n关于 {matter.Number}。");
        using var secretary = await app.SignInAsync("secretary", Role.Secretariat);

        var page = await secretary.ReadAsync($"/holding-pen/{held.Id}");
        Assert.Contains(invitation.ExpertName, page.QuerySelector("form[action*='handler=Register'] h2")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync($"/holding-pen/{held.Id}", new Dictionary<string, string>(), "Register")).StatusCode);
        Assert.Contains("尚未答复", (await secretary.ReadAsync($"/holding-pen/{held.Id}")).QuerySelector("main")?.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await secretary.SubmitAsync($"/holding-pen/{held.Id}", new Dictionary<string, string> { ["Notice"] = "registeredAddress" }, "Notify")).StatusCode);
        Assert.Contains("今天已经答复过", (await secretary.ReadAsync($"/holding-pen/{held.Id}")).QuerySelector("form[action*='handler=Notify']")?.TextContent, StringComparison.Ordinal);
        var badNotice = await secretary.SubmitAsync($"/holding-pen/{stray.Id}", new Dictionary<string, string> { ["Notice"] = "nonsense" }, "Notify");
        Assert.Contains("请选择答复模板", await badNotice.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal($"/holding-pen/{held.Id}", (await secretary.SubmitAsync($"/holding-pen/{held.Id}", new Dictionary<string, string>(), "Rejudge")).Headers.Location?.OriginalString);
        var all = await Browser.DocumentAsync(await secretary.SubmitAsync("/holding-pen", new Dictionary<string, string>(), "Rejudge"));
        Assert.Contains("重新判定 2 封，变化 0 封", all.QuerySelector("#rejudged-title")?.TextContent, StringComparison.Ordinal);

        var badFile = await Browser.DocumentAsync(await secretary.SubmitAsync($"/holding-pen/{stray.Id}", new Dictionary<string, string> { ["Filing.MatterNumber"] = "620000-2014-9999", ["Filing.Note"] = "来往函件" }, "File"));
        Assert.Contains("没有这个收文编号", badFile.QuerySelector(".error-summary")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("来往函件", badFile.QuerySelectorAll<IHtmlInputElement>("[name='Filing.Note']").Select(i => i.Value).Concat(badFile.QuerySelectorAll<IHtmlTextAreaElement>("[name='Filing.Note']").Select(t => t.Value)).Single());
        Assert.Equal("/holding-pen", (await secretary.SubmitAsync($"/holding-pen/{stray.Id}", new Dictionary<string, string> { ["Filing.MatterNumber"] = matter.Number, ["Filing.Note"] = "来往函件" }, "File")).Headers.Location?.OriginalString);
        Assert.Contains("已归入事项", (await secretary.ReadAsync($"/matters/{matter.Number}")).QuerySelector("[aria-labelledby=held-title]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.OpenAsync($"/holding-pen/{stray.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_proposal_is_accepted_by_one_button_and_a_second_click_does_no_harm()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        var held = await ReceiveAsync(await AddressAsync(invitation), "opinions@panel.test", "意见：合法\n理由：有依据。");
        using var secretary = await app.SignInAsync("secretary", Role.Secretariat);
        var page = await secretary.ReadAsync($"/holding-pen/{held.Id}");
        var form = page.QuerySelectorAll<IHtmlFormElement>(".proposals form").First();
        var fields = form.Elements.OfType<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name ?? "", i.Value)).ToList();

        var first = await secretary.Client.PostAsync($"/holding-pen/{held.Id}?handler=Accept", new FormUrlEncodedContent(fields));
        var second = await secretary.Client.PostAsync($"/holding-pen/{held.Id}?handler=Accept", new FormUrlEncodedContent(fields));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        await using var db = app.Database();
        Assert.Contains("按建议匹配", (await db.InboundMails.SingleAsync(m => m.Id == held.Id)).DecisionNote, StringComparison.Ordinal);
        Assert.Equal(1, await db.History.CountAsync(h => h.Command == "acceptHeldMail"));
    }

    [Fact]
    public async Task Two_versions_that_contradict_each_other_stand_side_by_side_and_on_the_desk()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = matter.Panel!.Invitations[0];
        await panel.MustAsync(matter.Id, new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        await panel.MustAsync(matter.Id, Stage.Opinion(invitation), People.Expert(invitation));
        using var secretary = await app.SignInAsync("secretary", Role.Secretariat);
        Assert.Null((await secretary.ReadAsync("/desk")).QuerySelector("[aria-labelledby=contradictions]"));
        await panel.MustAsync(matter.Id, Stage.Opinion(invitation, OpinionStand.Unlawful, "再三考虑。"), People.Expert(invitation));

        var desk = await secretary.ReadAsync("/desk");
        var shown = (await secretary.ReadAsync($"/matters/{matter.Number}")).QuerySelectorAll(".side-by-side > div").Select(d => d.TextContent).ToList();

        Assert.Contains(matter.Number, desk.QuerySelector("[aria-labelledby=contradictions]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, shown.Count);
        Assert.Contains("再三考虑", shown[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_committees_mail_is_not_there_by_page_nor_by_api()
    {
        var matter = await Stage.ExpertConsultingAsync(panel);
        var held = await ReceiveAsync("private@elsewhere.test", ToOf(matter.Panel!.Invitations[0]), "意见：合法");
        var other = await app.AddCommitteeAsync("620100", "兰州市", "city");
        await app.AddAccountAsync("stranger", [Role.Secretariat], u => u.TenantId = other);
        using var stranger = app.Open();
        await stranger.SignInAsync("stranger", AppFactory.Password);
        var antiforgery = (await stranger.ReadAsync("/desk")).QuerySelectorAll<IHtmlInputElement>("[name=__RequestVerificationToken]").First().Value;
        Dictionary<string, string> fields = new() { ["__RequestVerificationToken"] = antiforgery, ["Filing.MatterNumber"] = matter.Number, ["Filing.Note"] = "x", ["Notice"] = "roundClosed", ["Discard.Reason"] = "x", ["invitation"] = matter.Panel.Invitations[0].Id.ToString() };

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/holding-pen/{held.Id}")).StatusCode);
        foreach (var handler in new[] { "File", "Notify", "Register", "Rejudge", "Discard" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.PostAsync($"/holding-pen/{held.Id}?handler={handler}", new FormUrlEncodedContent(fields))).StatusCode);
        await using var db = app.Database();
        Assert.Equal("held", (await db.InboundMails.SingleAsync()).State);
        Assert.Equal(0, await db.MailNotices.CountAsync());
    }

    private static string ToOf(string token) => $"opinions+r-{token}@panel.test";

    private string ToOf(Invitation invitation) => ToOf(panel.Tokens.TokenOf(app.TenantId, invitation.Id));

    private async Task<string> AddressAsync(Invitation invitation)
    {
        await using var db = app.Database();
        return await db.ExpertAddresses.Where(a => a.ExpertId == invitation.ExpertId && a.Primary).Select(a => a.Address).SingleAsync();
    }

    private Task<ReceivedMail> ReceiveAsync(string from, string to, string text)
    {
        var mail = new MimeMessage { Subject = "答复", MessageId = $"{Guid.CreateVersion7():N}@example.test", Body = new TextPart("plain") { Text = text } };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.Add(MailboxAddress.Parse(to));
        return app.Services.GetRequiredService<InboxRunner>().ReceiveAsync(MailPanel.Bytes(mail), CancellationToken.None);
    }

    private async Task<string> QuestionAsync()
    {
        await app.Services.GetRequiredService<OutboxRunner>().SendDueAsync(100, CancellationToken.None);
        foreach (var file in Directory.GetFiles(Path.Combine(mails, "out"), "*.eml"))
        {
            var letter = await MimeMessage.LoadAsync(file);
            if (letter.Subject?.StartsWith("来信确认", StringComparison.Ordinal) == true) return MailPanel.QuestionIn(letter);
        }

        throw new InvalidOperationException("No question was sent.");
    }
}
