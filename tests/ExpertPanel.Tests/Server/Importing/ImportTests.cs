using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Processes;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Importing;

/// <summary>A list enters the bank whole, its faulty rows stay out with their reasons, and it can be taken back.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Header = "姓名,工作单位,专业,邮箱,手机,聘期止\n";
    private AppFactory app = null!; // Set before any test by InitializeAsync.
    private ApiCaller secretary = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppFactory.StartAsync();
        secretary = await ApiCaller.OfAsync(app, "秘书", [Role.Secretariat]);
    }

    public async ValueTask DisposeAsync()
    {
        secretary.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Good_rows_enter_and_each_bad_one_is_named_with_row_column_and_reason()
    {
        var list = Header
            + "张一,示例大学,行政法,z1@example.test,13900000001,2029-12-31\n"
            + "李二,示例律所,没有的专业,l2@example.test,13900000002,\n"
            + "王三,,行政法,不是邮箱,13900000003,昨天\n"
            + "赵四,示例大学,行政法,z1@example.test,13900000004,\n"
            + "钱五,示例大学,行政法,q5@example.test,13900000001,\n"
            + "张一,示例大学,行政法,z6@example.test,,\n"
            + "孙七,示例大学,行政法,s7@example.test,,45000\n";
        var preview = await (await SendAsync(list, dryRun: true)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((7, 2, 5, 3), (preview.GetProperty("rows").GetInt32(), preview.GetProperty("ready").GetInt32(), preview.GetProperty("refused").GetInt32(), preview.GetProperty("duplicates").GetInt32()));
        var problems = preview.GetProperty("problems").EnumerateArray().Select(p => (p.GetProperty("row").GetInt32(), p.GetProperty("column").GetString())).ToList();
        Assert.Equal([(3, "专业"), (4, "工作单位"), (4, "邮箱"), (4, "聘期止"), (5, ""), (6, ""), (7, "")], problems);
        await using (var db = app.Database()) Assert.Equal((0, 0), (await db.Experts.CountAsync(), await db.Imports.CountAsync()));

        var ordered = await (await SendAsync(list)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("waiting", ordered.GetProperty("state").GetString());
        await RunAsync();
        var id = ordered.GetProperty("id").GetGuid();
        var done = await secretary.GetAsync($"/expert-imports/{id}");
        Assert.Equal(("done", 2, 5), (done.GetProperty("state").GetString(), done.GetProperty("imported").GetInt32(), done.GetProperty("refused").GetInt32()));
        await using var after = app.Database();
        var cards = await after.Experts.Include(e => e.Addresses).OrderBy(e => e.BankNumber).ToListAsync();
        Assert.Equal([("ZJ0001", "张一", "z1@example.test"), ("ZJ0002", "孙七", "s7@example.test")], cards.Select(c => (c.BankNumber, c.Name, c.Addresses.Single().Address)));
        Assert.Equal([new DateOnly(2029, 12, 31), new DateOnly(2023, 3, 15)], cards.Select(c => c.TermTo));
        Assert.Equal(1, await after.History.CountAsync(h => h.Command == "importExperts"));
        Assert.True((await AuditCheck.RunAsync(after, CancellationToken.None)).Intact);

        // The refused rows come as a file that can be mended and imported again.
        var refused = await secretary.Client.GetByteArrayAsync($"{ApiCaller.Root}/expert-imports/{id}/refused");
        var rows = ImportTable.Read(refused).ToList();
        Assert.Equal("王三", rows.Single(r => r.Number == 5).Cells[0]);
        Assert.Contains("不是有效的邮箱", rows.Single(r => r.Number == 5).Cells[^1], StringComparison.Ordinal);
        Assert.Equal(3, ImportColumns.Propose(rows, new Dictionary<string, string>()).HeaderRow);
    }

    [Fact]
    public async Task An_import_is_taken_back_but_for_those_who_were_changed_since()
    {
        var ordered = await (await SendAsync(Header + string.Concat(Enumerable.Range(1, 20).Select(i => $"专家{i},单位{i},行政法,x{i}@example.test,,\n")))).Content.ReadFromJsonAsync<JsonElement>();
        await RunAsync();
        await using (var db = app.Database())
        {
            Assert.Equal(20, await db.Experts.CountAsync());
            (await db.Experts.SingleAsync(e => e.BankNumber == "ZJ0007")).CommitteeMember = true;
            await db.SaveChangesAsync();
        }

        var path = $"/expert-imports/{ordered.GetProperty("id").GetGuid()}/undo";
        await ApiCaller.ProblemAsync(await secretary.PostAsync(path, new { }), HttpStatusCode.BadRequest);
        var undone = await secretary.MustAsync(path, new { reason = "名单有误" });
        Assert.Equal("ZJ0007", undone.GetProperty("kept").EnumerateArray().Single().GetString());
        await using var after = app.Database();
        Assert.Equal((1, 1), (await after.Experts.CountAsync(), await after.ExpertAddresses.CountAsync()));
        await ApiCaller.ProblemAsync(await secretary.PostAsync(path, new { reason = "again" }), HttpStatusCode.BadRequest);
        // The addresses are free again.
        await SendAsync(Header + "专家1,单位1,行政法,x1@example.test,,\n");
        await RunAsync();
        Assert.Equal(2, await after.Experts.CountAsync());
    }

    [Fact]
    public async Task On_the_page_columns_are_matched_checked_and_imported_without_script_and_remembered()
    {
        using var browser = await app.SignInAsync("秘书页", Role.Secretariat);
        var first = await UploadAsync(browser, "名字呢,工作单位,专业,信箱呢\n周八,示例局,行政法,z8@example.test\n");
        var page = await browser.ReadAsync(first);
        Assert.Equal(["", "Employer", "Specialties", ""], page.QuerySelectorAll("select[name=Fields] option[selected]").Select(o => o.GetAttribute("value")).Concat(["", ""]).Take(2).Prepend("").Append(""));
        Dictionary<string, string> said = new() { ["Approval"] = "甘政发〔2014〕1号", ["TermFrom"] = "2014-09-01", ["TermTo"] = "2019-08-31" };
        var lacking = await PostAsync(browser, first, "Check", ["", "Employer", "Specialties", ""], said);
        Assert.Contains("四项都要对应到列", (await Browser.DocumentAsync(lacking)).Body!.TextContent, StringComparison.Ordinal);
        var check = await Browser.DocumentAsync(await PostAsync(browser, first, "Check", ["Name", "Employer", "Specialties", "Address"], said));
        Assert.Contains("可以导入 1 行", check.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(browser, first, "Run", ["Name", "Employer", "Specialties", "Address"], said)).StatusCode);
        Assert.NotNull((await browser.ReadAsync(first)).QuerySelector("meta[http-equiv=refresh]"));
        await RunAsync();
        Assert.Contains("已导入 1 位专家", (await browser.ReadAsync(first)).Body!.TextContent, StringComparison.Ordinal);

        var second = await UploadAsync(browser, "名字呢,工作单位,专业,信箱呢\n吴九,示例局,行政法,w9@example.test\n");
        Assert.Equal(["Name", "Employer", "Specialties", "Address"], (await browser.ReadAsync(second)).QuerySelectorAll("select[name=Fields] option[selected]").Select(o => o.GetAttribute("value") ?? ""));
        using var reader = await app.SignInAsync("承办人", Role.CaseHandler);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.OpenAsync("/experts/import")).StatusCode);
    }

    [Fact]
    public async Task The_list_is_filtered_by_specialty_in_the_database()
    {
        await SendAsync(Header + "甲,单位甲,行政法,a@example.test,,\n乙,单位乙,民商法,b@example.test,,\n");
        await RunAsync();
        await using var db = app.Database();
        var code = (await db.Experts.SingleAsync(e => e.Name == "乙")).Specialties.Single();
        var found = await secretary.GetAsync($"/experts?specialty={code}");
        Assert.Equal("乙", found.GetProperty("items").EnumerateArray().Single().GetProperty("name").GetString());
        Assert.Equal(0, (await secretary.GetAsync($"/experts?specialty={code[..3]}")).GetProperty("total").GetInt32());
    }

    private Task<HttpResponseMessage> SendAsync(string list, bool dryRun = false) => SendAsync(Encoding.UTF8.GetBytes(list), dryRun);

    private async Task<HttpResponseMessage> SendAsync(byte[] list, bool dryRun)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(list), "file", "名单.csv" }, { new StringContent("甘政发〔2014〕1号"), "approval" }, { new StringContent("2014-09-01"), "termFrom" }, { new StringContent("2030-08-31"), "termTo" },
            { new StringContent(dryRun ? "true" : "false"), "dryRun" },
        };
        var answer = await secretary.Client.PostAsync(ApiCaller.Root + "/expert-imports", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    private Task RunAsync() => app.Services.GetRequiredService<ImportRunner>().RunDueAsync(10, CancellationToken.None);

    private static async Task<string> UploadAsync(Browser browser, string list)
    {
        var token = (await browser.ReadAsync("/experts/import")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "File", "a.csv" }, { new StringContent(token), "__RequestVerificationToken" } };
        var answer = await browser.Client.PostAsync("/experts/import", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PostAsync(Browser browser, string page, string handler, IEnumerable<string> fields, IReadOnlyDictionary<string, string> said)
    {
        var token = (await browser.ReadAsync(page)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.Client.PostAsync($"{page}?handler={handler}", new FormUrlEncodedContent(
            [.. fields.Select(f => KeyValuePair.Create("Fields", f)), .. said.Select(s => KeyValuePair.Create(s.Key, s.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]));
    }
}
