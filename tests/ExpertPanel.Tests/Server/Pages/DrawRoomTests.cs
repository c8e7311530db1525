using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

/// <summary>The draw as its two persons meet it: whose turn it is, the value that is shown once, the result, the draws before.</summary>
[Collection(nameof(OfficeCollection))]
public sealed class DrawRoomTests(Office office)
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Secretariat_and_auditor_draw_a_panel_with_one_click_each_turn()
    {
        var matter = await office.DrawingAsync();
        var room = $"/matters/{matter.Number}/draw";
        var (secretariat, auditor) = (office.Of("秘书辛"), office.Of("审计丑"));

        Assert.Contains("轮到您了（秘书处）", (await secretariat.ReadAsync(room)).Text("#turn-title"), StringComparison.Ordinal);
        var value = await CommitAsync(secretariat, room);
        Assert.Equal(64, value.Length);
        var waiting = await secretariat.ReadAsync(room);
        Assert.Contains("等待审计管理员", waiting.Text("#turn-title"), StringComparison.Ordinal);
        Assert.DoesNotContain(value, waiting.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(value + "\n", await (await secretariat.OpenAsync($"{room}?handler=Kept")).Content.ReadAsStringAsync());

        var others = await CommitAsync(auditor, room);
        Assert.NotEqual(value, others);
        await DoneAsync(auditor, room, "Reveal");
        Assert.Contains("轮到您了（秘书处）", (await secretariat.ReadAsync(room)).Text("#turn-title"), StringComparison.Ordinal);
        await DoneAsync(secretariat, room, "Reveal");

        var state = await StateAsync(matter);
        Assert.Equal(("expertConsulting", value + others), (state.Stage, state.Panel?.Beacon?.Value));
        var result = await secretariat.ReadAsync(room);
        Assert.All(state.Panel?.Invitations ?? [], i => Assert.Contains(i.ExpertName, result.Text(), StringComparison.Ordinal));
        var transcript = await (await auditor.OpenAsync($"/matters/{matter.Number}/draw.json")).Content.ReadAsStringAsync();
        Assert.True(DrawVerification.Verify(transcript).IsVerified);
        Assert.Equal(HttpStatusCode.NotFound, (await secretariat.OpenAsync($"{room}?handler=Kept")).StatusCode);
    }

    [Fact]
    public async Task In_another_browser_the_value_is_typed_and_a_wrong_one_is_said_at_its_field()
    {
        var matter = await office.DrawingAsync();
        var room = $"/matters/{matter.Number}/draw";
        foreach (var (command, actor) in Shares.Acts(matter, office.As("秘书辛"), office.As("审计丑")).Take(2)) await office.RunAsync(matter, command, actor);

        var secretariat = office.Of("秘书辛");
        var wrong = await secretariat.SubmitAsync(room, new Dictionary<string, string> { ["Value"] = Shares.Auditors }, "Reveal");
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        var refused = await Browser.DocumentAsync(wrong);
        Assert.Contains("与您交存的承诺不符", refused.Text(".error-summary"), StringComparison.Ordinal);
        Assert.NotNull(refused.QuerySelector(refused.QuerySelector(".error-summary a")?.GetAttribute("href") ?? "none"));
        Assert.Equal(HttpStatusCode.Redirect, (await secretariat.SubmitAsync(room, new Dictionary<string, string> { ["Value"] = Shares.Secretariats }, "Reveal")).StatusCode);
        Assert.NotNull((await StateAsync(matter)).Panel?.Beacon?.ShareOf(ShareSide.Secretariat)?.Value);
    }

    [Fact]
    public async Task The_matter_lies_on_the_desk_of_whoever_is_awaited()
    {
        var matter = await office.DrawingAsync();
        var acts = Shares.Acts(matter, office.As("秘书辛"), office.As("审计丑"));
        foreach (var ((command, actor), awaited) in acts.Zip([Role.Secretariat, Role.AuditAdministrator, Role.AuditAdministrator, Role.Secretariat]))
        {
            Assert.Equal($"{awaited}", await WaitingForAsync(matter));
            await office.RunAsync(matter, command, actor);
        }

        Assert.Equal(nameof(Role.Secretariat), await WaitingForAsync(matter));
        await office.RunAsync(matter, new RequestRedraw("有专家被漏列"), "秘书辛");
        Assert.Equal(nameof(Role.DivisionHead), await WaitingForAsync(matter));
    }

    [Fact]
    public async Task A_draw_given_up_stays_on_the_page_with_its_evidence()
    {
        var matter = await office.ConsultingAsync();
        var first = matter.Panel ?? throw new InvalidOperationException("Nothing was drawn.");
        await office.RunAsync(matter, new RequestRedraw("有专家被漏列"), "秘书辛");
        await office.RunAsync(matter, new DecideRedraw(true, "同意"), "处长丙");

        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/draw");
        Assert.Contains("有专家被漏列", page.Text(), StringComparison.Ordinal);
        Assert.Contains("由处长丙批准重新抽取", page.Text(), StringComparison.Ordinal);
        Assert.Contains(first.Seed ?? "?", page.Text(), StringComparison.Ordinal);
        var transcript = await (await office.Of("承办人乙").OpenAsync($"/matters/{matter.Number}/draw.json?draw={first.DrawId}")).Content.ReadAsStringAsync();
        Assert.Equal(first.Seed, DrawTranscript.FromJson(transcript).Seed);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("承办人乙").OpenAsync($"/matters/{(await office.DrawingAsync()).Number}/draw.json?draw={first.DrawId}")).StatusCode);

        await using var db = office.App.Database();
        Assert.All(await db.Invitations.Where(i => i.MatterId == matter.Id).Select(i => i.State).ToListAsync(), s => Assert.Equal(nameof(InvitationState.Withdrawn), s));
        Assert.Equal(1, await db.Draws.CountAsync(d => d.MatterId == matter.Id));
    }

    [Fact]
    public async Task Who_can_do_nothing_now_is_told_whom_the_draw_waits_for_and_a_sponsor_sees_no_draw()
    {
        var matter = await office.DrawingAsync();
        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/draw");
        Assert.Contains("等待秘书处：交存随机值", page.Text("#turn-title"), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action$='handler=Commit']"));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync($"/matters/{matter.Number}/draw")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("承办人乙").OpenAsync($"/matters/{(await office.UnderReviewAsync()).Number}/draw")).StatusCode);
    }

    [Fact]
    public async Task Seats_show_who_could_take_them_before_anything_is_frozen()
    {
        var matter = await office.UnderReviewAsync();
        var prepare = $"/matters/{matter.Number}/do/prepareDraw";
        var handler = office.Of("承办人乙");
        var page = await handler.ReadAsync(prepare);
        Assert.Contains("预演", page.Text("#effects"), StringComparison.Ordinal);
        Assert.Contains("可参加本事项抽取", page.Text("#effects"), StringComparison.Ordinal);

        var form = page.Form("prepareDraw");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{prepare}?handler=Effects") { Content = form.Filled(("Seats[5].__used", "true")) };
        request.Headers.Add("HX-Request", "true");
        var effects = await Browser.DocumentAsync(await handler.Client.SendAsync(request));
        Assert.Contains("专家人数应为单数", effects.Text("#effects"), StringComparison.Ordinal);
        Assert.Null(effects.QuerySelector("form"));

        var plain = await Browser.DocumentAsync(await handler.Client.PostAsync($"{prepare}?handler=Effects", form.Filled(("Questions", "改过的问题"))));
        Assert.Equal("改过的问题", plain.QuerySelector("textarea[name=Questions]")?.TextContent.Trim());
        Assert.Null((await StateAsync(matter)).Panel);
        await using var db = office.App.Database();
        Assert.False(await db.Draws.AnyAsync(d => d.MatterId == matter.Id));
    }

    [Fact]
    public async Task Effects_that_come_after_the_form_was_sent_say_nothing_over_what_that_told()
    {
        var matter = await office.UnderReviewAsync();
        var prepare = $"/matters/{matter.Number}/do/prepareDraw";
        var handler = office.Of("承办人乙");
        var form = (await handler.ReadAsync(prepare)).Form("prepareDraw");
        await handler.Client.PostAsync(prepare, form.Filled(("Seats[0].__used", "true"), ("Seats[1].__used", "true"), ("Seats[2].__used", "true"), ("Questions", "是否合法？")));
        Assert.NotNull((await StateAsync(matter)).Panel);

        using var late = new HttpRequestMessage(HttpMethod.Post, $"{prepare}?handler=Effects") { Content = form.Filled(("Questions", "是否合法？")) };
        late.Headers.Add("HX-Request", "true");
        var answer = await handler.Client.SendAsync(late);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("已办理：准备抽取专家", (await handler.ReadAsync($"/matters/{matter.Number}/draw")).Text(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thin_seat_offers_what_would_widen_it_and_one_click_takes_the_offer_into_the_form()
    {
        var matter = await office.UnderReviewAsync();
        var prepare = $"/matters/{matter.Number}/do/prepareDraw";
        var handler = office.Of("承办人乙");
        var page = await handler.ReadAsync(prepare);
        var form = page.Form("prepareDraw");
        Assert.Null(page.QuerySelector("#effects .offers"));

        // Members alone, of one specialty: hardly anybody.
        var thin = await Browser.DocumentAsync(await handler.Client.PostAsync(
            $"{prepare}?handler=Effects", form.Filled(("Seats[0].Specialties", "constitutional"), ("Seats[0].CommitteeMember", "true"), ("Questions", "写了一半"))));
        Assert.Contains("人选少", thin.Text("#effects"), StringComparison.Ordinal);
        var offers = thin.QuerySelectorAll<IHtmlButtonElement>("#effects .offers button");
        Assert.All(offers, offer => Assert.Equal(("prepare", "take"), (offer.GetAttribute("form"), offer.Name)));
        var any = offers.Single(offer => offer.Value == "0:AnySpecialty:");

        var taken = await Browser.DocumentAsync(await handler.Client.PostAsync(any.GetAttribute("formaction"), thin.Form("prepareDraw").Filled(("take", any.Value))));
        Assert.Empty(taken.QuerySelectorAll("[name='Seats[0].Specialties']:checked, [name='Seats[0].Specialties'] option:checked"));
        Assert.Equal("写了一半", taken.QuerySelector("textarea[name=Questions]")?.TextContent.Trim());
        Assert.DoesNotContain("0:AnySpecialty:", taken.QuerySelectorAll<IHtmlButtonElement>("#effects .offers button").Select(offer => offer.Value));

        foreach (var nonsense in new[] { "", "9:AnySpecialty:", "x:y:z", "0:AddSpecialty:", "0:99:", "0:Borrow:" })
        {
            var same = await handler.Client.PostAsync($"{prepare}?handler=Take", thin.Form("prepareDraw").Filled(("take", nonsense)));
            Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        }

        Assert.Null((await StateAsync(matter)).Panel);
    }

    [Fact]
    public async Task Only_what_the_committees_rules_allow_is_offered_and_a_lottery_is_asked_its_round()
    {
        var matter = await office.UnderReviewAsync();
        var prepare = $"/matters/{matter.Number}/do/prepareDraw";
        var page = await office.Of("承办人乙").ReadAsync(prepare);
        Assert.Equal(["", "TwoPerson", "Lottery", "Drand"], page.QuerySelectorAll<IHtmlOptionElement>("select[name=Beacon] option").Select(o => o.Value));
        var refused = await Browser.DocumentAsync(await office.Of("承办人乙").Client.PostAsync(prepare, page.Form("prepareDraw").Filled(("Beacon", "Lottery"))));
        Assert.Contains("请写明随机值由谁公布", refused.ErrorAt("f-BeaconRound"), StringComparison.Ordinal);
    }

    private static async Task<string> CommitAsync(Browser browser, string room)
    {
        await DoneAsync(browser, room, "Commit");
        return (await browser.ReadAsync(room)).QuerySelector("[data-testid=secret]")?.TextContent ?? "";
    }

    private static async Task DoneAsync(Browser browser, string room, string handler)
    {
        var answer = await browser.SubmitAsync(room, Nothing, handler);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{handler}: {(int)answer.StatusCode}");
    }

    private async Task<Matter> StateAsync(Matter matter)
    {
        await using var db = office.App.Database();
        return System.Text.Json.JsonSerializer.Deserialize<Matter>(await db.Matters.Where(m => m.Id == matter.Id).Select(m => m.State).SingleAsync(), MatterCommands.Json)
            ?? throw new InvalidOperationException("No state.");
    }

    private async Task<string?> WaitingForAsync(Matter matter)
    {
        await using var db = office.App.Database();
        return await db.Matters.Where(m => m.Id == matter.Id).Select(m => m.WaitingFor).SingleAsync();
    }
}
