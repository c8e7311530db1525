using System.Net;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>A city borrows from the province: asked, answered with the expert's consent, in the bank, ended.</summary>
public sealed class LoanPagesTests(AppFactory app) : IClassFixture<AppFactory>
{
    private static readonly DateOnly Today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task The_whole_way_of_a_loan()
    {
        var city = await SetUpAsync();
        await app.AddAccountAsync("secretariat-ts", [Role.Secretariat], user => user.TenantId = city);
        using var borrower = app.Open();
        await borrower.SignInAsync("secretariat-ts", AppFactory.Password);
        using var lender = await app.SignInAsync("secretariat-gs", Role.Secretariat);
        using var clerk = await app.SignInAsync("clerk-gs", Role.RegistryClerk);

        var bank = await borrower.ReadAsync("/experts/borrow");
        var number = bank.QuerySelector("input[name=BankNumbers]")?.GetAttribute("value") ?? "";
        Assert.NotEqual("", number);
        var faulty = await Browser.DocumentAsync(await borrower.SubmitAsync("/experts/borrow", new Dictionary<string, string> { ["Until"] = Today.AddDays(-1).Iso() }));
        foreach (var said in new[] { "今天或以后", "请填写事由", "请选择 1 至" }) Assert.Contains(said, faulty.Body?.TextContent, StringComparison.Ordinal);
        var asked = await borrower.SubmitAsync("/experts/borrow", new Dictionary<string, string> { ["BankNumbers"] = number, ["Until"] = Today.AddDays(90).Iso(), ["Reason"] = "本级没有该专业的专家" });
        Assert.Equal("/experts/loans", asked.Headers.Location?.OriginalString);
        var twice = await Browser.DocumentAsync(await borrower.SubmitAsync("/experts/borrow", new Dictionary<string, string> { ["BankNumbers"] = number, ["Until"] = Today.AddDays(90).Iso(), ["Reason"] = "再来" }));
        Assert.Contains("已经借用或正在申请", twice.Body?.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.OpenAsync("/experts/loans")).StatusCode);
        Assert.Contains("本级没有该专业的专家", (await lender.ReadAsync("/experts/loans")).Body?.TextContent, StringComparison.Ordinal);
        var unasked = await Browser.DocumentAsync(await lender.SubmitAsync("/experts/loans", new Dictionary<string, string>(), "Lend"));
        Assert.Contains("请填写专家本人同意的日期", unasked.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await lender.SubmitAsync("/experts/loans", new Dictionary<string, string> { ["consentedOn"] = Today.Iso() }, "Lend")).StatusCode);

        var card = await borrower.ReadAsync($"/experts/620000-{number}");
        Assert.Contains("借自甘肃省人民政府法制办公室", card.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lender.OpenAsync($"/experts/620000-{number}")).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await borrower.SubmitAsync("/experts/loans", new Dictionary<string, string> { ["reason"] = "已办结" }, "End")).StatusCode);
        await using var db = app.Services.GetRequiredService<PanelDbFactory>().Create(city);
        Assert.True((await db.Experts.SingleAsync(e => e.LoanId != null)).TermTo < Today);
        Assert.Equal(["carryGuest", "carryGuest", "askLoan", "endLoan"], await db.History.Where(h => h.StreamId == city && (h.Command == "askLoan" || h.Command == "endLoan" || h.Command == "carryGuest"))
            .OrderBy(h => h.Command == "carryGuest" ? 0 : 1).ThenBy(h => h.Sequence).Select(h => h.Command).ToListAsync());
    }

    private async Task<Guid> SetUpAsync()
    {
        var city = await app.AddCommitteeAsync("620500", "天水市", "prefecture");
        await using (var db = app.Services.GetRequiredService<PanelDbFactory>().Create(Guid.Empty))
        {
            (await db.Committees.SingleAsync(c => c.Id == city)).ParentCode = "620000";
            await db.SaveChangesAsync();
        }

        await using var own = app.Database();
        own.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, 5, 1, Today));
        await own.SaveChangesAsync();
        return city;
    }
}
