using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class ConflictPageTests(Office office)
{
    private static readonly PrepareDraw Seats = new([new(null, false), new(null, false), new(null, false)], "问题");

    [Fact]
    public async Task A_near_match_is_shown_with_both_sides_decided_by_a_person_and_then_the_draw_goes_on()
    {
        var card = await office.CardAsync("E0021");
        var matter = await office.UnderReviewAsync(Stage.Registration() with { Parties = [Like(card.Employer)] });
        var runner = office.App.Services.GetRequiredService<ProcessRunner>();
        Assert.NotNull(await DeskLinkAsync("秘书辛", matter)); // by itself, as soon as the matter has its handler
        Assert.NotNull(await DeskLinkAsync("处长丙", matter));
        Assert.Null(await DeskLinkAsync("承办人乙", matter));
        var refused = await runner.RunAsync(office.App.TenantId, matter.Id, Seats, office.As("承办人乙"), null, CancellationToken.None);
        Assert.Equal("draw.near-matches", refused.Refusal?.Code);

        var path = $"/matters/{matter.Number}/conflicts";
        var handler = await office.Of("承办人乙").ReadAsync(path);
        Assert.Empty(handler.QuerySelectorAll("[data-testid=waiting] form"));
        var page = await office.Of("秘书辛").ReadAsync(path);
        var articles = page.QuerySelectorAll("[data-testid=waiting] article");
        Assert.NotEmpty(articles);
        Assert.Contains(articles, a => a.TextContent.Contains(card.Employer, StringComparison.Ordinal) && a.TextContent.Contains(Like(card.Employer), StringComparison.Ordinal));

        var forgotten = await PostAsync(path, page.QuerySelectorAll<IHtmlFormElement>("[data-testid=waiting] form").First(), "", "没有选");
        Assert.NotEmpty((await Browser.DocumentAsync(forgotten)).QuerySelectorAll("[role=alert], .errors, .error-summary"));
        while (page.QuerySelectorAll<IHtmlFormElement>("[data-testid=waiting] form").FirstOrDefault() is { } form)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(path, form, "false", "经核实为两家单位")).StatusCode);
            page = await office.Of("秘书辛").ReadAsync(path);
        }

        Assert.Null(await DeskLinkAsync("秘书辛", matter));
        Assert.Contains("经核实为两家单位", page.QuerySelector("[data-testid=decided]")!.TextContent, StringComparison.Ordinal);
        var prepared = await office.RunAsync(matter, Seats, "承办人乙");
        Assert.Equal("drawing", prepared.Stage);
        Assert.All(prepared.ConflictDecisions, d => Assert.Equal(("秘书辛", false), (d.By.Name, d.IsConflict)));
        Assert.Contains("已核定疑似回避情形", (await office.Of("秘书辛").ReadAsync($"/matters/{matter.Number}/history")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_that_a_later_change_of_a_card_holds_up_does_not_wait_unseen()
    {
        var matter = await office.UnderReviewAsync();
        await office.ChangeCardAsync("E0024", e => e.FormerEmployers = ["示例热力集团有限公司"]);
        try
        {
            Assert.Null(await DeskLinkAsync("秘书辛", matter));

            var path = $"/matters/{matter.Number}/do/prepareDraw";
            var answer = await office.Of("承办人乙").SubmitAsync(path, new Dictionary<string, string>());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await Browser.DocumentAsync(answer);
            Assert.Contains("疑似回避情形尚未核定", page.Text(".error-summary"), StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector($"#effects a[href='/matters/{matter.Number}/conflicts']"));
            Assert.NotNull(await DeskLinkAsync("秘书辛", matter));
        }
        finally
        {
            await office.ChangeCardAsync("E0024", e => e.FormerEmployers = []);
        }

        // The card was corrected: what was told is still there to be confirmed.
        var conflicts = await office.Of("秘书辛").ReadAsync($"/matters/{matter.Number}/conflicts");
        var form = conflicts.QuerySelectorAll<IHtmlFormElement>("[data-testid=waiting] form").Single();
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($"/matters/{matter.Number}/conflicts", form, "false", "资料已更正")).StatusCode);
        Assert.Null(await DeskLinkAsync("秘书辛", matter));
    }

    [Fact]
    public async Task Who_is_barred_stands_there_with_rule_evidence_and_source_and_a_sponsor_sees_nothing()
    {
        var card = await office.CardAsync("E0022");
        var matter = await office.UnderReviewAsync(Stage.Registration() with { Parties = [card.Employer] });
        var barred = (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/conflicts")).QuerySelector("[data-testid=barred]")!;
        Assert.Contains("E0022", barred.TextContent, StringComparison.Ordinal);
        Assert.Contains("第713号", barred.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync($"/matters/{matter.Number}/conflicts")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("秘书辛").OpenAsync($"/matters/{matter.Number}/do/decideConflict")).StatusCode);
    }

    [Fact]
    public async Task A_name_entered_in_the_table_is_screened_at_once_and_stands_in_the_committees_history()
    {
        var card = await office.CardAsync("E0023");
        var matter = await office.UnderReviewAsync(Stage.Registration() with { Parties = ["甘肃新名投资有限公司"] });
        var path = $"/matters/{matter.Number}/conflicts";
        Assert.DoesNotContain("E0023", (await office.Of("秘书辛").ReadAsync(path)).QuerySelector("[data-testid=barred]")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("承办人乙").OpenAsync("/settings/organisation")).StatusCode);
        var saved = await office.Of("秘书辛").SubmitAsync("/settings/organisation", new Dictionary<string, string>
        {
            ["Name"] = "甘肃新名投资有限公司", ["OtherNames"] = card.Employer, ["Source"] = "工商变更登记",
        });
        Assert.Equal("/settings/organisations", saved.Headers.Location?.OriginalString);
        Assert.Contains("工商变更登记", (await office.Of("承办人乙").ReadAsync("/settings/organisations")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("E0023", (await office.Of("秘书辛").ReadAsync(path)).QuerySelector("[data-testid=barred]")!.TextContent, StringComparison.Ordinal);

        var twice = await Browser.DocumentAsync(await office.Of("秘书辛").SubmitAsync("/settings/organisation", new Dictionary<string, string> { ["Name"] = "甘肃新名投资有限公司", ["Source"] = "又一条" }));
        Assert.NotEmpty(twice.ErrorAt("f-Name"));
        var removed = await office.Of("秘书辛").SubmitAsync($"/settings/organisation?entry={Uri.EscapeDataString("甘肃新名投资有限公司")}", new Dictionary<string, string> { ["Remove"] = "true" });
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.DoesNotContain("E0023", (await office.Of("秘书辛").ReadAsync(path)).QuerySelector("[data-testid=barred]")!.TextContent, StringComparison.Ordinal);

        await using var db = office.App.Database();
        var rows = await db.History.Where(h => h.Command == "changeOrganisations").OrderBy(h => h.Sequence).ToListAsync();
        Assert.Equal(2, rows.Count);
        Assert.Contains("工商变更登记", rows[0].Facts, StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(row.Hash, HistoryChain.HashOf(row)));
        var versions = await db.Organisations.OrderBy(o => o.Version).Select(o => o.Version).ToListAsync();
        Assert.Equal([1, 2, 3], versions);
    }

    [Fact]
    public async Task The_seed_table_is_read_and_each_entry_says_that_it_is_a_default()
    {
        await using var db = office.App.Database();
        var (entries, problem) = OrganisationTable.Read((await db.Organisations.SingleAsync(o => o.Version == 1)).Json);
        Assert.Null(problem);
        Assert.NotEmpty(entries ?? []);
        Assert.All(entries ?? [], e => Assert.Contains("缺省值", e.Source, StringComparison.Ordinal));
        Assert.NotNull(OrganisationTable.Read("{}").Problem);
        Assert.NotNull(OrganisationTable.Read("[").Problem);
    }

    private async Task<IElement?> DeskLinkAsync(string who, ExpertPanel.Workflows.Matters.Matter matter)
    {
        var browser = office.Of(who);
        for (var page = await browser.ReadAsync("/desk"); ;)
        {
            if (page.QuerySelector($"tbody a[href='/matters/{matter.Number}/conflicts']") is { } link) return link;
            if (page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href") is not { } next) return null;
            page = await browser.ReadAsync(next);
        }
    }

    /// <summary>A name near to the employer's, whatever kind of body that is: one that belongs to it.</summary>
    private static string Like(string employer) => employer + "附属资产经营有限公司";

    private async Task<HttpResponseMessage> PostAsync(string path, IHtmlFormElement form, string decision, string reason)
    {
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is { Length: > 0 }).ToDictionary(i => i.Name!, i => i.Value, StringComparer.Ordinal);
        fields["IsConflict"] = decision;
        fields["Reason"] = reason;
        return await office.Of("秘书辛").Client.PostAsync(path, new FormUrlEncodedContent(fields));
    }
}

internal static class OfficeCards
{
    public static async Task<ExpertPanel.Server.Data.ExpertRow> CardAsync(this Office office, string bankNumber)
    {
        await using var db = office.App.Database();
        return await db.Experts.AsNoTracking().SingleAsync(e => e.BankNumber == bankNumber);
    }

    /// <summary>With a row of history, as every change of a card leaves one: without it the pool keeps the card it read.</summary>
    public static async Task ChangeCardAsync(this Office office, string bankNumber, Action<ExpertPanel.Server.Data.ExpertRow> change)
    {
        await using var db = office.App.Database();
        change(await db.Experts.SingleAsync(e => e.BankNumber == bankNumber));
        (await db.Committees.SingleAsync(c => c.Id == db.TenantId)).Version++;
        await db.SaveChangesAsync();
    }
}
