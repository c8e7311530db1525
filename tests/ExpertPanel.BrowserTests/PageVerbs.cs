using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>What a person does in front of the pages, by what can be seen there; the same with script and without.</summary>
public static partial class PageVerbs
{
    public static async Task SignInAsync(this IPage page, string name, string password)
    {
        await page.GotoAsync("/login");
        await page.GetByLabel("用户名").FillAsync(name);
        await page.GetByLabel("密码").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await Assertions.Expect(page.Locator("nav.menu")).ToBeVisibleAsync();
    }

    /// <summary>登记; gives the matter's number.</summary>
    public static async Task<string> RegisterAsync(this IPage page, IReadOnlyList<(string Field, string Value)> fields, byte[]? draft = null)
    {
        await page.GotoAsync("/desk");
        await page.Locator("nav.menu").GetByRole(AriaRole.Link, new() { Name = "登记", Exact = true }).ClickAsync();
        await page.FillInAsync(fields);
        if (draft is not null) await page.Locator("input[name=DraftForReview]").SetInputFilesAsync(new FilePayload { Name = "送审稿.pdf", MimeType = "application/pdf", Buffer = draft });
        await page.Locator("form.command button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("已登记，收文编号");
        return page.Number();
    }

    /// <summary>Of the matter whose page this is.</summary>
    public static string Number(this IPage page) => MatterNumber().Match(page.Url).Value;

    /// <summary>From the ledger: search and follow the link, as one does who knows the number.</summary>
    public static async Task OpenMatterAsync(this IPage page, string number)
    {
        await page.GotoAsync($"/matters/{number}");
        await Assertions.Expect(page.Locator(".crumbs")).ToContainTextAsync(number);
    }

    /// <summary>Opens the matter, takes the command offered there, fills in its form and sends it; the matter's page then says that it was done.</summary>
    /// <param name="command">As the button says it.</param>
    public static async Task DoCommandAsync(this IPage page, string number, string command, params (string Field, string Value)[] fields)
    {
        await page.TryCommandAsync(number, command, fields);
        await page.AssertDoneAsync(command);
    }

    public static Task AssertDoneAsync(this IPage page, string command) => Assertions.Expect(page.Locator(".notice")).ToContainTextAsync($"已办理：{command}。");

    /// <summary>The same up to sending the form, whatever the answer.</summary>
    public static async Task TryCommandAsync(this IPage page, string number, string command, params (string Field, string Value)[] fields)
    {
        if (!await page.OpenCommandAsync(number, command)) return;
        await page.FillInAsync(fields);
        await page.SendAsync();
    }

    /// <summary>Presses the form's own button.</summary>
    public static Task SendAsync(this IPage page) => page.Locator("form.command button.primary").ClickAsync();

    /// <summary>Opens the matter and presses the command's button, which leads to its form or does it at once.</summary>
    /// <returns>Whether a form is open.</returns>
    public static async Task<bool> OpenCommandAsync(this IPage page, string number, string command)
    {
        await page.OpenMatterAsync(number);
        var button = page.CommandButton(command);
        await Assertions.Expect(button).ToHaveCountAsync(1);
        if (!await button.IsVisibleAsync()) await page.Locator("details.others > summary").ClickAsync();
        var leadsToForm = await button.GetAttributeAsync("href") is not null;
        await button.ClickAsync();
        if (leadsToForm)
        {
            await Assertions.Expect(page.Locator("form.command")).ToBeVisibleAsync();
            return true;
        }

        // With script the page asks first; without, it is done.
        var (sure, done) = (page.Locator("dialog#confirm[open] button.primary"), page.Locator(".notice"));
        await Assertions.Expect(sure.Or(done)).ToBeVisibleAsync();
        if (await sure.IsVisibleAsync()) await sure.ClickAsync();
        return false;
    }

    /// <summary>The command's button in the box of what can be done now.</summary>
    public static ILocator CommandButton(this IPage page, string command) =>
        page.Locator("section.now .actions").Locator("a.button, button").Filter(new() { HasTextRegex = new($"^\\s*{Regex.Escape(command)}\\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)) });

    /// <summary>The form says what is wrong, in its summary and at the field.</summary>
    public static async Task AssertProblemAsync(this IPage page, string field, string text)
    {
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync(text);
        await Assertions.Expect(page.Locator($"[id='f-{field}-error']").First).ToContainTextAsync(text);
    }

    /// <summary>What is offered beside one expert's invitation.</summary>
    /// <returns>The row's link to the command's form.</returns>
    public static ILocator InvitationCommand(this IPage page, string expert, string command) =>
        page.Locator("#panel tbody tr").Filter(new() { HasText = expert }).GetByRole(AriaRole.Link, new() { Name = command, Exact = true });

    /// <summary>The day that stands in one expert's row of the panel.</summary>
    /// <param name="column">As the table's head says it.</param>
    public static async Task<DateOnly> DayAsync(this IPage page, string expert, string column)
    {
        var cell = page.Locator("#panel tbody tr").Filter(new() { HasText = expert }).Locator($"td[data-label='{column}']");
        var day = Day().Match(await cell.InnerTextAsync());
        Assert.True(day.Success, $"No day stands under {column} of {expert}.");
        return DateOnly.ParseExact(day.Value, "yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>交存随机值: the page makes a value, shows it this once and keeps it in this browser.</summary>
    public static async Task CommitValueAsync(this IPage page, string number)
    {
        await page.OpenMatterAsync(number);
        await page.CommandButton("交存随机值").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "生成并交存我的随机值" }).ClickAsync();
        Assert.Matches(RandomValue(), await page.Locator("[data-testid=secret]").InnerTextAsync());
    }

    /// <summary>公开随机值, by one click in the browser that keeps it.</summary>
    public static async Task RevealValueAsync(this IPage page, string number)
    {
        await page.OpenMatterAsync(number);
        await page.CommandButton("公开随机值").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "公开我的随机值" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("已办理：公开随机值。");
    }

    /// <summary>Fills in the fields by name: boxes are ticked, lists chosen from, all else typed.</summary>
    public static async Task FillInAsync(this IPage page, IReadOnlyList<(string Field, string Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = page.Locator($"main form [name='{name}']");
            if (await field.CountAsync() > 1 || await field.GetAttributeAsync("type") == "checkbox")
                await page.Locator($"main form [name='{name}'][value='{value}']").CheckAsync();
            else if (await field.Locator("option").CountAsync() > 0 && await field.Locator("option").AllInnerTextsAsync() is var options)
                await field.SelectOptionAsync(new SelectOptionValue { Label = Assert.Single(options, option => option.Trim() == value || option.StartsWith(value + "（", StringComparison.Ordinal)).Trim() });
            else
                await field.FillAsync(value);
        }
    }

    /// <summary>The route marks this stage as the present one.</summary>
    public static async Task AssertStageAsync(this IPage page, string stage)
    {
        await Assertions.Expect(page.Locator(".route li[aria-current=step] .name, #now-title").First).ToContainTextAsync(stage);
        await Assertions.Expect(page.Locator("#now-title")).ToContainTextAsync(stage);
    }

    public static async Task AssertShowsAsync(this IPage page, params IReadOnlyList<string> texts)
    {
        foreach (var text in texts) await Assertions.Expect(page.Locator("main")).ToContainTextAsync(text);
    }

    /// <summary>Reloads the matter until its page shows the text: mail takes its time.</summary>
    public static async Task WaitForAsync(this IPage page, string number, string text) =>
        await Poll.UntilAsync($"{number} shows “{text}”", TimeSpan.FromSeconds(180), async () =>
        {
            await page.OpenMatterAsync(number);
            return (await page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal) ? page : null;
        });

    [GeneratedRegex(@"\d{4}年\d{1,2}月\d{1,2}日", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RandomValue();

    [GeneratedRegex(@"\d{6}-\d{4}-\d{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MatterNumber();
}
