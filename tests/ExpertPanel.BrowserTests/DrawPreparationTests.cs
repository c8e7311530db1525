using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>What stands between a matter and its draw: a near match that a person decides, and seats that too few could take.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class DrawPreparationTests(ClockedOffice office)
{
    private const string Ticked = "form.command [name='Seats[0].Specialties']:checked";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_near_match_is_decided_from_the_desk_and_a_thin_seat_widened_with_one_click(bool script)
    {
        await using var desks = office.Open(script);
        var clerk = await desks.OfAsync("clerk");
        var number = await clerk.RegisterAsync([.. Samples.Submission("关于示例疑似回避的请示"), ("People", "示例专家035")]);
        await desks.PreCheckAsync(number);
        await desks.AssignAsync(number);
        await desks.RecordFindingsAsync(number);

        var handler = await desks.OfAsync("handler1");
        await handler.OpenCommandAsync(number, "准备抽取专家");
        await handler.AssertShowsAsync("疑似回避情形尚未核定");

        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.GotoAsync("/desk");
        await secretariat.Locator($"tbody a[href='/matters/{number}/conflicts']").ClickAsync();
        await secretariat.AssertShowsAsync("待核定的疑似情形（1）", "示例专家035");
        await desks.LookAsync(secretariat, "conflicts-waiting");
        await secretariat.SetViewportSizeAsync(390, 844);
        if (script) await desks.PictureAsync(secretariat, "telephone-conflicts-waiting");
        await secretariat.SetViewportSizeAsync(1280, 800);
        await secretariat.SelectOptionAsync("[name=IsConflict]", "false");
        await secretariat.FillAsync("[name=Reason]", "同名不同人，已核对身份证件。");
        await secretariat.Locator("form.command button").ClickAsync();
        await secretariat.AssertShowsAsync("没有待核定的疑似情形", "同名不同人");
        await desks.LookAsync(secretariat, "conflicts-decided");

        var offer = await ThinAsync(handler, number, script);
        if (script)
        {
            await desks.LookAsync(handler, "prepare-thin");
            await handler.SetViewportSizeAsync(390, 844);
            await desks.PictureAsync(handler, "telephone-prepare-thin");
            await handler.SetViewportSizeAsync(1280, 800);
            offer = await ThinAsync(handler, number, script); // anew: the examiner leaves traces on the page
        }

        await offer.ClickAsync();
        await Assertions.Expect(handler.Locator(Ticked)).ToHaveCountAsync(0);
        await Assertions.Expect(handler.Locator("[name=Questions]")).ToHaveValueAsync("写了一半的问题");
        await Assertions.Expect(handler.Locator("[name='Seats[0].CommitteeMember']")).ToBeCheckedAsync();
        await handler.SendAsync();
        await handler.AssertDoneAsync("准备抽取专家");
        desks.AssertNoComplaints();
    }

    /// <summary>The first seat asks for a member of one rare specialty.</summary>
    /// <returns>The offer of any specialty.</returns>
    private static async Task<ILocator> ThinAsync(IPage handler, string number, bool script)
    {
        await handler.OpenCommandAsync(number, "准备抽取专家");
        var ticked = handler.Locator(Ticked);
        while (await ticked.CountAsync() > 0) await ticked.First.UncheckAsync();
        await handler.CheckAsync("[name='Seats[0].Specialties'][value=constitutional]");
        await handler.CheckAsync("[name='Seats[0].CommitteeMember']");
        await handler.FillAsync("[name=Questions]", "写了一半的问题");
        if (!script) await handler.GetByText("查看人选情况").ClickAsync();
        var offer = handler.Locator("#effects .offers button[value='0:AnySpecialty:']");
        await Assertions.Expect(offer).ToBeVisibleAsync();
        return offer;
    }
}
