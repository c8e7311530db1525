using System.Net;
using AngleSharp.Dom;
using ExpertPanel.Server.Pages.Matters.Explained;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Explanation;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class DrawExplanationPageTests(Office office)
{
    private static readonly string[] Parts = ["explanation", "summary", "experts/E0001"];

    [Fact]
    public async Task Every_expert_of_the_pool_is_on_the_page_with_what_the_draw_made_of_him()
    {
        var (matter, transcript) = await DrawnAsync();

        var page = await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/draw/explanation?Size=500");

        var rows = page.QuerySelectorAll("main tbody tr");
        Assert.Equal(transcript.Input.Pool.Select(one => one.Id).Order(StringComparer.Ordinal), rows.Select(row => row.Id!).Order(StringComparer.Ordinal));
        Assert.Equal(transcript.Order.Select(one => one.Id), rows.Take(transcript.Order.Count).Select(row => row.Id!));
        foreach (var seated in transcript.Panel)
        {
            var row = rows.Single(one => one.Id == seated.Id).Text();
            Assert.Contains("入选", row, StringComparison.Ordinal);
            Assert.Contains(seated.Seat, row, StringComparison.Ordinal);
            Assert.Contains("%", row, StringComparison.Ordinal);
            Assert.Contains("不入选", row, StringComparison.Ordinal); // above which number
        }

        Assert.All(transcript.Excluded, one => Assert.Contains(one.Reasons[0].Evidence, rows.Single(row => row.Id == one.Id).Text(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_filters_sorts_and_turns_pages_without_script()
    {
        var (matter, transcript) = await DrawnAsync();
        var (reader, page) = (office.Of("主任丁"), $"/matters/{matter.Number}/draw/explanation");

        Assert.Equal(transcript.Panel.Select(one => one.Id).Order(StringComparer.Ordinal), (await IdsAsync("?Status=seated")).Order(StringComparer.Ordinal));
        Assert.Equal(transcript.Input.Pool.Count, (await IdsAsync("?Seat=s3&Size=100")).Count); // any specialty
        Assert.Equal(["E0007"], await IdsAsync("?Q=e0007"));
        Assert.Equal(transcript.Input.Pool.Select(one => one.Id).Take(50), await IdsAsync("?Sort=expert"));
        Assert.Equal(transcript.Input.Pool.Select(one => one.Id).Skip(50), await IdsAsync("?Sort=expert&p=2"));
        var empty = await reader.ReadAsync(page + "?Q=nobody");
        Assert.NotNull(empty.QuerySelector(".empty a"));
        Assert.Equal(HttpStatusCode.OK, (await reader.OpenAsync(page + "?Sort=%00&Size=-1&p=99999&Seat=x")).StatusCode);
        Assert.NotNull((await reader.ReadAsync(page)).QuerySelector("form[method=get] button"));

        async Task<List<string>> IdsAsync(string query) => [.. (await reader.ReadAsync(page + query)).QuerySelectorAll("main tbody tr").Select(row => row.Id!)];
    }

    [Fact]
    public async Task The_leaders_page_says_who_from_whom_and_how()
    {
        var (matter, transcript) = await DrawnAsync();

        var page = await office.Of("主任丁").ReadAsync($"/matters/{matter.Number}/draw/summary");

        var text = page.QuerySelector("main")!.Text(); // every page has one
        foreach (var seated in transcript.Panel)
            Assert.Contains(transcript.Input.Pool.Single(one => one.Id == seated.Id).Name, text, StringComparison.Ordinal);
        Assert.Contains($"专家库共{transcript.Input.Pool.Count}人", text, StringComparison.Ordinal);
        Assert.Contains("秘书处秘书辛", text, StringComparison.Ordinal);
        Assert.Contains("审计管理员审计丑", text, StringComparison.Ordinal);
        Assert.DoesNotContain(transcript.Input.Beacon!.Round, text, StringComparison.Ordinal); // an id tells a leader nothing
        Assert.Contains(transcript.InputHash, text, StringComparison.Ordinal);
        Assert.Contains(transcript.Seed, text, StringComparison.Ordinal);
        Assert.NotNull((await office.Of("主任丁").ReadAsync($"/matters/{matter.Number}")).QuerySelector($"a[href='/matters/{matter.Number}/draw/summary']"));
    }

    [Fact]
    public void Of_each_kind_of_random_value_the_page_says_what_is_true_of_it()
    {
        using var scope = office.App.Services.CreateScope();
        var says = scope.ServiceProvider.GetRequiredService<ExplanationWords>();
        var used = new Beacon("来源", "第1期", "00");
        string Of(DrawBeacon? beacon) => says.Beacon(used, beacon);
        DrawBeacon Named(BeaconKind kind) => new(new(kind, "来源", "2014077", TestPanel.Start));

        Assert.Contains("冻结时已指定这一期", Of(Named(BeaconKind.Lottery)), StringComparison.Ordinal);
        Assert.Contains("冻结时已指定这一轮", Of(Named(BeaconKind.Drand)), StringComparison.Ordinal);
        var two = NamedBeacon.OfTwoPersons(Guid.CreateVersion7());
        var shared = Of(new(two) { Shares = [new(ShareSide.Secretariat, new("a", "甲"), "00", TestPanel.Start), new(ShareSide.Audit, new("b", "乙"), "00", TestPanel.Start)] });
        Assert.Contains("交存了一个随机值的承诺", shared, StringComparison.Ordinal);
        Assert.All([shared, Of(null)], text => Assert.DoesNotContain("冻结之后才产生", text, StringComparison.Ordinal));
    }

    [Fact]
    public void One_name_alone_is_not_any_of_several()
    {
        using var scope = office.App.Services.CreateScope();
        var says = scope.ServiceProvider.GetRequiredService<ExplanationWords>();
        string Of(params string[] others) => Assert.Single(says.Otherwise(
            new("E1", ExpertStatus.PassedOver, [], [], 4, "00", 1, null, null, [], [], [.. others.Select(one => new Counterfactual(Counterfactual.Without, Expert: one))])));

        Assert.Equal("若E2被排除，即可入选。", Of("E2"));
        Assert.Contains("其中任一人", Of("E2", "E3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_for_the_expert_who_asks_holds_nobody_elses_data()
    {
        var (matter, transcript) = await DrawnAsync();
        foreach (var asking in transcript.Input.Pool.Take(20))
        {
            var main = (await office.Of("秘书辛").ReadAsync($"/matters/{matter.Number}/draw/experts/{asking.Id}")).QuerySelector("main")!.Text(); // every page has one
            Assert.Contains(asking.Name, main, StringComparison.Ordinal);
            Assert.All(transcript.Input.Pool.Where(other => other.Id != asking.Id), other =>
            {
                Assert.DoesNotContain(other.Name, main, StringComparison.Ordinal);
                Assert.DoesNotContain(other.Id, main, StringComparison.Ordinal);
            });
            Assert.DoesNotContain(matter.Title, main, StringComparison.Ordinal);
            Assert.DoesNotContain(transcript.Input.Secret, main, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("秘书辛").OpenAsync($"/matters/{matter.Number}/draw/experts/E9999")).StatusCode);
    }

    [Fact]
    public async Task Relatives_and_declared_conflicts_are_named_to_the_office_but_not_on_the_page_for_the_expert()
    {
        var (matter, _) = await DrawnAsync(async db =>
        {
            var close = await db.Experts.SingleAsync(one => one.BankNumber == "E0002");
            close.Relatives = ["示例热力有限公司"];
        });

        var offices = (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/draw/explanation?Q=E0002")).QuerySelector("main tbody")!.Text(); // found
        var experts = (await office.Of("承办人乙").ReadAsync($"/matters/{matter.Number}/draw/experts/E0002")).QuerySelector("main")!.Text(); // every page has one
        Assert.Contains("回避：亲属与本件有利害关系", offices, StringComparison.Ordinal);
        Assert.Contains("示例热力有限公司", offices, StringComparison.Ordinal);
        Assert.Contains("回避：亲属与本件有利害关系", experts, StringComparison.Ordinal);
        Assert.DoesNotContain("示例热力有限公司", experts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_read_the_draw_finds_no_explanation()
    {
        var (matter, _) = await DrawnAsync();
        foreach (var part in Parts)
        {
            Assert.Equal(HttpStatusCode.OK, (await office.Of("承办人乙").OpenAsync($"/matters/{matter.Number}/draw/{part}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await office.Of("送审人").OpenAsync($"/matters/{matter.Number}/draw/{part}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await office.Of("他单位").OpenAsync($"/matters/{matter.Number}/draw/{part}")).StatusCode);
            using var nobody = office.App.Open();
            Assert.Equal(HttpStatusCode.Redirect, (await nobody.OpenAsync($"/matters/{matter.Number}/draw/{part}")).StatusCode);
        }
    }

    [Fact]
    public async Task Before_the_draw_there_is_nothing_to_explain()
    {
        var matter = await office.DrawingAsync();
        foreach (var part in Parts)
            Assert.Equal(HttpStatusCode.NotFound, (await office.Of("承办人乙").OpenAsync($"/matters/{matter.Number}/draw/{part}")).StatusCode);
    }

    [Fact]
    public async Task In_english_it_is_english()
    {
        var (matter, _) = await DrawnAsync();
        using var reader = await office.App.SignInAsync("English reader" + Guid.CreateVersion7(), Role.Leader);
        var form = (await reader.ReadAsync("/desk")).QuerySelector("form.language")!; // every page has one
        var fields = form.QuerySelectorAll("input, button").Select(i => KeyValuePair.Create(i.GetAttribute("name") ?? "", i.GetAttribute("value") ?? ""));
        await reader.Client.PostAsync("/language", new FormUrlEncodedContent(fields));

        var page = await reader.ReadAsync($"/matters/{matter.Number}/draw/summary");

        Assert.Equal("The draw in one minute", page.QuerySelector("h1")?.TextContent);
        Assert.Contains("Everyone's lowest ticket counts", page.Body!.Text(), StringComparison.Ordinal);
    }

    private async Task<(Matter Matter, DrawTranscript Transcript)> DrawnAsync(Func<ExpertPanel.Server.Data.PanelDb, Task>? before = null)
    {
        if (before is not null)
        {
            await using var bank = office.App.Database();
            await before(bank);
            // The pool is read anew when the committee's history has grown or the bank's size has changed.
            (await bank.Committees.SingleAsync(one => one.Id == office.App.TenantId)).Version++;
            await bank.SaveChangesAsync();
        }

        var matter = await office.ConsultingAsync();
        await using var db = office.App.Database();
        var stored = await db.Draws.AsNoTracking().SingleAsync(draw => draw.MatterId == matter.Id);
        return (matter, DrawTranscript.FromJson(stored.Transcript!)); // the matter is drawn
    }
}
