using System.Net;
using AngleSharp.Dom;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Reports;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows.Deadlines;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

[Collection(nameof(OfficeCollection))]
public sealed class FairnessReportTests(Office office)
{
    [Fact]
    public async Task The_page_shows_how_invitations_and_work_are_shared_out()
    {
        var matter = await office.SummarisingAsync();
        var page = await office.Of("统计员").ReadAsync("/reports/fairness");
        var bank = page.QuerySelector("[data-testid=specialties] tbody tr") ?? throw new InvalidOperationException("No line.");
        Assert.Equal("全库", bank.QuerySelector("th")?.TextContent.Trim());
        Assert.Equal("60", bank.QuerySelector("td[data-label=专家数]")?.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("[data-testid=no-zero]"));
        var seated = matter.Panel?.Invitations[0].BankNumber ?? "";
        var row = page.QuerySelectorAll("[data-testid=experts] tbody tr").Single(r => r.QuerySelector("td")?.TextContent.Trim() == seated);
        Assert.True(int.Parse(row.QuerySelector("td[data-label=意见]")?.TextContent.Trim() ?? "0", System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.NotNull((await office.Of("统计员").ReadAsync("/reports")).QuerySelector("a[href='/reports/fairness']"));

        var criminal = await office.Of("统计员").ReadAsync("/reports/fairness?specialty=criminal");
        Assert.Contains("专家：刑事", criminal.Text(), StringComparison.Ordinal);
        Assert.InRange(criminal.QuerySelectorAll("[data-testid=experts] tbody tr").Length, 1, 59);
    }

    [Fact]
    public async Task A_time_without_draws_is_empty_and_wrong_days_are_named()
    {
        Assert.Contains("这段时间没有抽取", (await office.Of("统计员").ReadAsync("/reports/fairness?from=1999-01-01&to=1999-12-31")).Text(), StringComparison.Ordinal);
        foreach (var wrong in new[] { "from=2015-02-01&to=2015-01-31", "from=yesterday", "from=0001-01-01" })
            Assert.Contains("起始日不能晚于截止日", (await office.Of("统计员").ReadAsync("/reports/fairness?" + wrong)).Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("送审人").OpenAsync("/reports/fairness")).StatusCode);
    }

    [Fact]
    public async Task What_was_expected_adds_up_to_what_was_seated()
    {
        await office.ConsultingAsync();
        await using var db = office.App.Database();
        var today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());
        var report = await FairnessReport.OfAsync(db, new HeldDraws(), new(today.Year, 1, 1), today, CancellationToken.None);

        Assert.True(report.Draws > 0);
        var bank = report.Specialties[0];
        Assert.InRange(bank.Seated, report.Draws * 3, report.Draws * 15);
        Assert.InRange(bank.Expected - bank.Seated, -0.5, 0.1);
        Assert.True(bank.Invitations.Total >= bank.Seated);
        Assert.Empty(report.ZeroChances);
        Assert.All(report.Experts.Where(e => e.Eligible > 0), e => Assert.True(e.Expected > 0, e.BankNumber));
        Assert.Equal(0, (await FairnessReport.OfAsync(db, new HeldDraws(), new(1999, 1, 1), new(1999, 12, 31), CancellationToken.None)).Draws);
    }

    [Fact]
    public async Task The_same_comes_as_json()
    {
        await office.ConsultingAsync();
        using var caller = await Api.ApiCaller.OfAsync(office.App, "公平统计", [ExpertPanel.Workflows.Role.Statistician]);
        var report = await caller.GetAsync("/reports/fairness");
        Assert.Equal("expertpanel.fairness/1", report.GetProperty("schema").GetString());
        Assert.True(report.GetProperty("draws").GetInt32() > 0);
        Assert.Equal(60, report.GetProperty("experts").GetArrayLength());
        Assert.True(report.GetProperty("specialties")[0].GetProperty("invitations").GetProperty("gini").GetDouble() > 0);
        await Api.ApiCaller.ProblemAsync(await caller.Client.GetAsync("/api/v1/reports/fairness?from=2015-02-01&to=2015-01-31"), HttpStatusCode.BadRequest);
    }
}
