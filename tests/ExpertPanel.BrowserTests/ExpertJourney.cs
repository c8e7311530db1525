using Microsoft.Playwright;
using MimeKit;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>An expert answers on a telephone: link, code by mail, pledge, opinion, receipt.</summary>
internal sealed class ExpertJourney(Desks desks, MimeMessage letter)
{
    private const int TelephoneWidth = 390;
    private const int TelephoneHeight = 844;

    public async Task AnswerAsync()
    {
        var page = await desks.StrangerAsync("expert", TelephoneWidth, TelephoneHeight);
        await EnterAsync(page);
        await page.AssertShowsAsync("接受咨询", Samples.Question);
        await desks.LookAsync(page, "reply-invited");

        await Press(page, "接受咨询").ClickAsync();
        await page.AssertShowsAsync("承诺"); // Without the pledge nothing is accepted.
        Assert.Equal(0, await page.Locator("[name='Input.Text']").CountAsync());
        await page.GetByLabel("我承诺保密，并声明没有回避情形").CheckAsync();
        await Press(page, "接受咨询").ClickAsync();
        await page.AssertShowsAsync("已接受咨询");

        await page.GetByLabel("修改后合法").CheckAsync();
        await page.GetByLabel("意见和理由").FillAsync("方案总体合法，但应当补充退出条件。");
        await page.GetByLabel("修改建议").FillAsync("建议明确退出条件和程序。");
        await page.Locator("#f-Input-Files").SetInputFilesAsync(new FilePayload { Name = "专家意见.pdf", MimeType = "application/pdf", Buffer = Samples.Pdf });
        await Press(page, "保存草稿").ClickAsync();
        await page.AssertShowsAsync("草稿已保存", "专家意见.pdf");
        await desks.LookAsync(page, "reply-writing");

        await Press(page, "核对并提交").ClickAsync();
        await page.AssertShowsAsync("核对并确认提交", "建议明确退出条件和程序。", "专家意见.pdf");
        await desks.LookAsync(page, "reply-confirm");
        await Press(page, "确认提交").ClickAsync();
        await page.AssertShowsAsync("提交回执", "第 1 版");
        await desks.LookAsync(page, "reply-receipt");
    }

    private async Task EnterAsync(IPage page)
    {
        await page.GotoAsync(MailFolders.LinkIn(letter));
        await page.AssertShowsAsync("发送验证码到登记邮箱");
        await desks.LookAsync(page, "reply-invitation");
        var known = desks.Server.Mail.Known();
        await Press(page, "发送验证码到登记邮箱").ClickAsync();
        await page.AssertShowsAsync("验证码已发送至");
        await desks.LookAsync(page, "reply-code");
        var code = MailFolders.CodeIn(await desks.Server.Mail.NextLetterAsync(MailFolders.AddressOf(letter), known));
        await page.GetByLabel("6 位验证码").FillAsync(code);
        await Press(page, "进入").ClickAsync();
    }

    private static ILocator Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
