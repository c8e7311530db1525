using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>The pages themselves: readable by everybody, with script and without, on a desk and on a telephone.</summary>
[Collection(ClockedOfficeTests.Name)]
public sealed class PageLooksTests(ClockedOffice office)
{
    [Fact]
    public async Task The_first_page_and_the_holding_pen_have_no_serious_fault_with_script_and_without()
    {
        await using var desks = office.Open(script: true);
        var stranger = await desks.StrangerAsync("nobody");
        await stranger.GotoAsync("/login");
        await desks.ExamineAsync(stranger, "login");
        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.GotoAsync("/holding-pen");
        await desks.ExamineAsync(secretariat, "holding pen");

        var bare = await desks.BareAsync("secretariat");
        await bare.GotoAsync("/login");
        Assert.False(await bare.EvaluateAsync<bool>("'htmx' in window"));
        await bare.AssertAccessibleAsync("login without script");
        await bare.SignInAsync("secretariat", desks.Server.Password);
        await bare.GotoAsync("/holding-pen");
        await bare.AssertAccessibleAsync("holding pen without script");
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task Every_page_fits_a_desk_and_a_telephone()
    {
        await using var desks = office.Open(script: true);
        var stranger = await desks.StrangerAsync("nobody");
        var matter = await desks.FindAsync("handler1", "示例高等学校合作办学协议");
        var drawing = await desks.FindAsync("secretariat", "示例出租汽车经营权有偿使用办法");
        List<(IPage Page, string Address, string Name)> places =
        [
            (stranger, "/login", "login"),
            (await desks.OfAsync("handler1"), "/desk", "desk"),
            (await desks.OfAsync("secretariat"), "/desk", "desk-secretariat"),
            (await desks.OfAsync("archivist"), "/desk?tab=done", "desk-empty"),
            (await desks.OfAsync("handler1"), "/matters", "ledger"),
            (await desks.OfAsync("handler1"), $"/matters/{matter}", "matter"),
            (await desks.OfAsync("handler1"), $"/matters/{matter}/history", "history"),
            (await desks.OfAsync("head1"), $"/matters/{matter}/do/resolveShortfall", "form"),
            (await desks.OfAsync("clerk"), "/matters/register", "form-long"),
            (await desks.OfAsync("secretariat"), $"/matters/{drawing}", "matter-drawing"),
            (await desks.OfAsync("secretariat"), $"/matters/{drawing}/do/drawPanel", "draw"),
            (await desks.OfAsync("secretariat"), $"/matters/{matter}/draw", "draw-room"),
            (await desks.OfAsync("leader"), $"/matters/{matter}/draw/summary", "draw-summary"),
            (await desks.OfAsync("handler1"), $"/matters/{matter}/draw/explanation", "draw-explanation"),
            (await desks.OfAsync("secretariat"), $"/matters/{matter}/draw/experts/E0035", "draw-expert"),
            (await desks.OfAsync("secretariat"), $"/matters/{matter}/conflicts", "conflicts"),
            (await desks.OfAsync("statistician"), "/reports/fairness", "fairness"),
            (await desks.OfAsync("secretariat"), "/holding-pen", "holding-pen"),
            (await desks.OfAsync("secretariat"), "/letters", "letters"),
            (await desks.OfAsync("secretariat"), "/experts", "experts"),
            (await desks.OfAsync("secretariat"), "/experts/E0035", "expert"),
            (await desks.OfAsync("secretariat"), "/experts/new", "expert-new"),
            (await desks.OfAsync("secretariat"), "/experts/loans", "loans"),
            (await desks.OfAsync("secretariat"), "/experts/borrow", "borrow"),
            (await desks.OfAsync("security-admin"), "/admin/members", "members"),
            (await desks.OfAsync("head1"), "/settings", "settings"),
            (await desks.OfAsync("head1"), "/committees", "committees"),
            (await desks.OfAsync("statistician"), "/reports", "reports"),
            (await desks.OfAsync("system-admin"), "/desk", "desk-admin"),
            (await desks.OfAsync("sponsor"), "/desk", "desk-sponsor"),
        ];
        foreach (var (page, address, name) in places)
        {
            await page.GotoAsync(address);
            await page.SetViewportSizeAsync(1280, 800);
            await desks.PictureAsync(page, "desk-size-" + name);
            await page.SetViewportSizeAsync(390, 844);
            await desks.PictureAsync(page, "telephone-" + name);
            var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(wider <= 0, $"{name}: the page is {wider} px wider than a telephone.");
            await page.SetViewportSizeAsync(1280, 800);
        }

        desks.AssertNoComplaints();
    }
}
