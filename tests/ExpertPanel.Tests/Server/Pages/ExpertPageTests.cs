using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class ExpertPageTests(Office office)
{
    [Fact]
    public async Task The_bank_is_listed_filtered_and_exported()
    {
        var all = await office.Of("承办人乙").ReadAsync("/experts");
        Assert.Contains("共 60 条", all.Text(), StringComparison.Ordinal);
        var members = await office.Of("承办人乙").ReadAsync("/experts?Member=yes");
        Assert.NotEmpty(members.QuerySelectorAll("tbody tr"));
        Assert.All(members.QuerySelectorAll("tbody tr"), row => Assert.Contains("是", row.TextContent, StringComparison.Ordinal));
        var one = await office.Of("承办人乙").ReadAsync("/experts?Q=E0007");
        Assert.Single(one.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.OK, (await office.Of("承办人乙").OpenAsync("/experts?Specialty=criminal&InTerm=yes&handler=Excel")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("送审人").OpenAsync("/experts")).StatusCode);
    }

    [Fact]
    public async Task A_card_masks_the_mobile_and_lists_the_invitations()
    {
        var matter = await office.ConsultingAsync();
        var bankNumber = matter.Panel?.Invitations[0].BankNumber;

        var card = await office.Of("承办人乙").ReadAsync($"/experts/{bankNumber}");

        Assert.Matches(@"190\*{4}\d{4}", card.Text());
        Assert.DoesNotContain("190-0000", card.Text(), StringComparison.Ordinal);
        Assert.NotNull(card.QuerySelector($"a[href='/matters/{matter.Number}']"));
        Assert.Null(card.QuerySelector("a[href$='/edit']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("承办人乙").OpenAsync($"/experts/{bankNumber}/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("承办人乙").OpenAsync("/experts/E9999")).StatusCode);
    }

    [Fact]
    public async Task A_change_of_a_card_stands_in_the_committee_s_chain()
    {
        const string path = "/experts/E0011/edit";
        var answer = await EditAsync(path, ("Employer", "示例大学十法学院"), ("Conflicts", "示例热力有限公司\n示例律师事务所"), ("Addresses[0].Verified", "true"), ("Addresses[1].Address", "Second@Example.test"), ("Reason", "调动"));
        Assert.Equal("/experts/E0011", answer.Headers.Location?.OriginalString);

        await using var db = office.App.Database();
        var expert = await db.Experts.Include(e => e.Addresses).SingleAsync(e => e.BankNumber == "E0011");
        Assert.Equal("示例大学十法学院", expert.Employer);
        Assert.Equal(["示例热力有限公司", "示例律师事务所"], expert.Conflicts);
        Assert.NotNull(expert.Addresses.Single(a => a.Primary).VerifiedAt);
        Assert.Contains(expert.Addresses, a => a is { Address: "second@example.test", Primary: false });
        var row = await db.History.Where(h => h.StreamId == office.App.TenantId && h.Command == "changeExpert").OrderByDescending(h => h.Sequence).FirstAsync();
        Assert.Equal("秘书辛", row.ActorName);
        Assert.Equal(row.Hash, HistoryChain.HashOf(row));
        Assert.Contains("示例大学十法学院", row.Facts, StringComparison.Ordinal);
    }

    /// <summary>The rule reads what the page writes.</summary>
    [Fact]
    public async Task A_specialty_taken_up_on_the_page_counts_with_the_load_of_its_holders()
    {
        await office.ConsultingAsync();
        await using var db = office.App.Database();
        var candidates = await db.Experts.Where(e => !db.Invitations.Any(i => i.ExpertId == e.Id)).OrderBy(e => e.BankNumber).ToListAsync();
        var newcomer = candidates.First(e => !e.Specialties.Contains("administrative"));
        var since = ExpertPanel.Workflows.Deadlines.ChinaTime.At(new(ExpertPanel.Workflows.Deadlines.ChinaTime.LocalDate(TimeProvider.System.GetUtcNow()).Year, 1, 1), 0);
        var pool = office.App.Services.GetRequiredService<ExpertPool>();
        async Task<int> LoadAsync() => (await pool.LoadAsync(db, TimeProvider.System.GetUtcNow(), since, CancellationToken.None)).Single(p => p.ExpertId == newcomer.Id).Candidate.RecentReviews;
        Assert.Equal(0, await LoadAsync());

        await EditAsync($"/experts/{newcomer.BankNumber}/edit", ("Specialties", "administrative"), ("Reason", "新增专业"));

        var holders = (await db.Experts.AsNoTracking().ToListAsync()).Where(e => e.Id != newcomer.Id && e.Specialties.Contains("administrative")).Select(e => e.Id).ToList();
        var asked = await db.Invitations.CountAsync(i => holders.Contains(i.ExpertId) && i.InvitedAt >= since);
        Assert.True(asked > 0);
        Assert.Equal((asked + holders.Count - 1) / holders.Count, await LoadAsync());
    }

    [Fact]
    public async Task Slips_of_a_card_are_shown_at_their_fields()
    {
        var page = await Browser.DocumentAsync(await EditAsync("/experts/E0012/edit",
            ("Employer", ""), ("LeaveFrom", "2026-05-01"), ("LeaveTo", "2026-04-01"), ("Addresses[1].Address", "not an address"), ("Reason", "测试")));
        Assert.NotEmpty(page.ErrorAt("f-Employer"));
        Assert.NotEmpty(page.ErrorAt("f-Addresses-1-Address"));

        var leave = await Browser.DocumentAsync(await EditAsync("/experts/E0012/edit", ("LeaveFrom", "2026-05-01"), ("LeaveTo", "2026-04-01"), ("Addresses[1].Address", "expert013@example.test"), ("Addresses[1].Primary", "true"), ("Reason", "测试")));
        Assert.NotEmpty(leave.ErrorAt("f-LeaveTo"));
        Assert.Contains("首选邮箱", leave.ErrorAt("f-Addresses"), StringComparison.Ordinal);
        Assert.Contains("另一位专家", leave.ErrorAt("f-Addresses-1-Address"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_changed_meanwhile_is_not_overwritten()
    {
        var form = (await office.Of("秘书辛").ReadAsync("/experts/E0014/edit")).QuerySelector<IHtmlFormElement>("form.command") ?? throw new InvalidOperationException();
        await EditAsync("/experts/E0014/edit", ("Reason", "先"));

        var page = await Browser.DocumentAsync(await office.Of("秘书辛").Client.PostAsync("/experts/E0014/edit", form.Filled(("Employer", "后来者"), ("Reason", "后"))));

        Assert.Contains("已有人修改", page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal("后来者", page.QuerySelector("input[name=Employer]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Committees_and_annual_figures_are_shown_to_the_office()
    {
        var matter = await office.AwaitingFeedbackAsync();
        Assert.Contains("甘肃省", (await office.Of("统计员").ReadAsync("/committees")).Text(), StringComparison.Ordinal);
        var year = ExpertPanel.Workflows.Deadlines.ChinaTime.LocalDate(matter.Submission.ReceivedAt).Year;
        var report = await office.Of("统计员").ReadAsync($"/reports?year={year}");
        await using var db = office.App.Database();
        var issued = await db.Matters.CountAsync(m => m.DocumentNumber != null);
        var row = report.QuerySelectorAll("tr").First(r => r.QuerySelector("th[scope=row]")?.TextContent.Trim() == "已发文");
        Assert.Equal(issued.ToString(System.Globalization.CultureInfo.InvariantCulture), row.QuerySelector("td")?.TextContent.Trim());
        Assert.Equal(HttpStatusCode.OK, (await office.Of("统计员").OpenAsync($"/reports?year={year}&handler=Excel")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("送审人").OpenAsync("/reports")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("送审人").OpenAsync("/committees")).StatusCode);
    }

    private async Task<HttpResponseMessage> EditAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = (await office.Of("秘书辛").ReadAsync(path)).QuerySelector<IHtmlFormElement>("form.command") ?? throw new InvalidOperationException();
        return await office.Of("秘书辛").Client.PostAsync(path, form.Filled(fields));
    }
}
