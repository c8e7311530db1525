using Microsoft.Playwright;
using MimeKit;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>An expert answers on a telephone: link, code by mail, pledge, opinion, receipt.</summary>
internal sealed class ExpertJourney(Desks desks, MimeMessage letter)
{
    private const int TelephoneWidth = 390;
    private const int TelephoneHeight = 844;

    /// <summary>All of it, with a draft and an attachment on the way.</summary>
    public async Task AnswerAsync()
    {
        var page = await EnterAsync();
        await page.AssertShowsAsync("接受咨询", Samples.Question);
        await desks.LookAsync(page, "reply-invited");

        await Press(page, "接受咨询").ClickAsync();
        await page.AssertShowsAsync("接受前请确认保密承诺"); // Without the pledge nothing is accepted.
        Assert.Equal(0, await page.Locator("[name='Input.Text']").CountAsync());
        await AcceptAsync(page);

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

    /// <summary>接受咨询, with the pledge.</summary>
    public static async Task AcceptAsync(IPage page)
    {
        await page.GetByLabel("我承诺保密，并声明没有回避情形").CheckAsync();
        await Press(page, "接受咨询").ClickAsync();
        await page.AssertShowsAsync("已接受咨询");
    }

    /// <summary>An opinion that stands against the others', to be recorded as such.</summary>
    public static async Task DissentAsync(IPage page, string text)
    {
        await page.GetByLabel("不合法", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("意见和理由").FillAsync(text);
        await page.GetByLabel("作为不同意见记录").CheckAsync();
        await Press(page, "核对并提交").ClickAsync();
        await page.AssertShowsAsync("核对并确认提交", text);
        await Press(page, "确认提交").ClickAsync();
        await page.AssertShowsAsync("提交回执", "不同意见");
    }

    public async Task DeclineAsync(string reason)
    {
        var page = await EnterAsync();
        await page.GetByText("谢绝本次咨询").ClickAsync();
        await page.GetByLabel("谢绝原因").FillAsync(reason);
        await Press(page, "确认谢绝").ClickAsync();
        await page.AssertShowsAsync("您已谢绝本次咨询");
        Assert.Equal(0, await Press(page, "接受咨询").CountAsync());
    }

    public async Task RecuseAsync(string ground)
    {
        var page = await EnterAsync();
        await page.GetByText("我有回避情形").ClickAsync();
        await Press(page, "确认回避").ClickAsync();
        await page.AssertShowsAsync("请选择回避情形。");
        await page.GetByLabel(ground).CheckAsync();
        await Press(page, "确认回避").ClickAsync();
        await page.AssertShowsAsync("已记录您的回避声明");
    }

    /// <summary>By the link, through the code that comes by mail.</summary>
    public async Task<IPage> EnterAsync()
    {
        var page = await desks.StrangerAsync(MailFolders.AddressOf(letter), TelephoneWidth, TelephoneHeight);
        await page.GotoAsync(MailFolders.LinkIn(letter));
        await page.AssertShowsAsync("发送验证码到登记邮箱");
        await desks.LookAsync(page, "reply-invitation");
        var known = desks.Server.Mail.Known();
        await Press(page, "发送验证码到登记邮箱").ClickAsync();
        await page.AssertShowsAsync("验证码已发送至");
        await desks.LookAsync(page, "reply-code");
        var code = MailFolders.CodeIn(await desks.Server.Mail.NextLetterAsync(MailFolders.AddressOf(letter), known, "验证码"));
        await page.GetByLabel("6 位验证码").FillAsync(code);
        await Press(page, "进入").ClickAsync();
        await page.AssertShowsAsync(Samples.Question);
        return page;
    }

    private static ILocator Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
