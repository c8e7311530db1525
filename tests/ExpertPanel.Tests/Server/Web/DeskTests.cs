using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>Each on an office of its own, so that a list holds what the test put there.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() => app = await AppFactory.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_matter_moves_from_desk_to_desk()
    {
        var (clerk, handler, head) = (await OfAsync("clerk", Role.RegistryClerk), await OfAsync("handler", Role.CaseHandler), await OfAsync("head", Role.DivisionHead));
        var matter = await RunAsync(null, Registration("关于示例集中供热的请示"), clerk);
        Assert.Equal(["关于示例集中供热的请示"], await TitlesAsync("handler", "todo"));
        Assert.Empty(await TitlesAsync("head", "todo"));
        Assert.Equal(["关于示例集中供热的请示"], await TitlesAsync("clerk", "done"));

        await RunAsync(matter.Id, new StartPreCheck(), handler);

        Assert.Empty(await TitlesAsync("handler", "todo"));
        Assert.Equal(["关于示例集中供热的请示"], await TitlesAsync("handler", "done"));
        Assert.Equal(["关于示例集中供热的请示"], await TitlesAsync("head", "todo"));
    }

    [Fact]
    public async Task Once_assigned_it_stands_on_its_handler_s_desk_and_is_under_way_for_the_leader()
    {
        var (handler, other, head, leader) =
            (await OfAsync("handler", Role.CaseHandler), await OfAsync("other", Role.CaseHandler), await OfAsync("head", Role.DivisionHead), await OfAsync("leader", Role.Leader));
        var matter = await RunAsync(null, Registration("示例"), await OfAsync("clerk", Role.RegistryClerk));
        await RunAsync(matter.Id, new StartPreCheck(), handler);
        await RunAsync(matter.Id, new RecordPreCheck(true, true, true, true), handler);
        await RunAsync(matter.Id, new AcceptMatter(), head);

        await RunAsync(matter.Id, new AssignMatter(leader.Person, "法制一处", handler.Person), head);

        Assert.Equal(["示例"], await TitlesAsync("handler", "todo"));
        Assert.Empty(await TitlesAsync("other", "todo"));
        Assert.Null(await SlipsAsync("handler"));
        var supervisor = await OfAsync("supervisor", Role.Supervisor);
        await RunAsync(matter.Id, new SuperviseMatter(SlipColour.Yellow, "请按期办结", ChinaTime.LocalDate(TimeProvider.System.GetUtcNow()).AddDays(5)), supervisor);
        Assert.Contains("1", await SlipsAsync("handler"), StringComparison.Ordinal);
        Assert.Null(await SlipsAsync("other"));
        Assert.Equal(["示例"], await TitlesAsync("leader", "progress"));
        Assert.Empty(await TitlesAsync("handler", "progress"));
    }

    [Fact]
    public async Task A_head_sees_the_own_division_s_and_countersigns_only_what_the_division_has_not_signed()
    {
        await OfAsync("head", Role.DivisionHead, "法制一处");
        await PutAsync("本处", Role.DivisionHead, division: "法制一处");
        await PutAsync("他处", Role.DivisionHead, division: "法制二处");
        await PutAsync("未分办", Role.DivisionHead);
        await PutAsync("待会签", Role.DivisionHead, division: "法制二处", countersign: "\n法制一处\n法制三处\n");
        await PutAsync("已会签", Role.DivisionHead, division: "法制一处", countersign: "\n法制三处\n");

        Assert.Equal(["待会签", "未分办", "本处"], (await TitlesAsync("head", "todo")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_sponsor_sees_the_own_unit_s_only()
    {
        await app.AddAccountAsync("sponsor", [Role.Sponsor], u => u.SponsoringUnit = "示例省环保厅");
        await PutAsync("本单位", Role.Sponsor, unit: "示例省环保厅");
        await PutAsync("别的单位", Role.Sponsor, unit: "示例省财政厅");
        await PutAsync("审查中", Role.CaseHandler, unit: "示例省环保厅");

        Assert.Equal(["本单位"], await TitlesAsync("sponsor", "todo"));
        Assert.Equal(["审查中"], await TitlesAsync("sponsor", "progress"));
    }

    [Fact]
    public async Task A_deadline_shows_as_light_and_words_and_the_nearest_comes_first()
    {
        await OfAsync("clerk", Role.DocumentClerk);
        var today = ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());
        await PutAsync("还早", Role.DocumentClerk, due: today.AddDays(60));
        await PutAsync("逾期", Role.DocumentClerk, due: today.AddDays(-30));
        await PutAsync("中止", Role.DocumentClerk, due: today.AddDays(90), suspended: true);
        await PutAsync("无期限", Role.DocumentClerk);
        using var browser = await SignedInAsync("clerk");

        var page = await browser.ReadAsync("/desk");

        Assert.Equal(["逾期", "还早", "中止", "无期限"], page.QuerySelectorAll("tbody a").Select(a => a.TextContent));
        Assert.Contains("逾期", page.QuerySelector(".light.red .rest")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("剩", page.QuerySelector(".light.green .rest")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("已中止计时", page.QuerySelector(".light.paused .rest")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_desk_has_pages_and_the_menu_counts_what_waits()
    {
        await OfAsync("clerk", Role.DocumentClerk);
        for (var i = 0; i < 30; i++) await PutAsync($"事项{i:00}", Role.DocumentClerk);
        using var browser = await SignedInAsync("clerk");

        var first = await browser.ReadAsync("/desk");
        var second = await browser.ReadAsync(first.QuerySelector(".pager a[rel=next]")?.GetAttribute("href") ?? "");

        Assert.Equal((25, 5), (first.QuerySelectorAll("tbody tr").Length, second.QuerySelectorAll("tbody tr").Length));
        Assert.Equal("30", first.QuerySelector(".menu .count")?.TextContent);
        Assert.Equal(5, (await browser.ReadAsync("/desk?tab=todo&p=999")).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Failed_letters_and_held_mails_stand_on_the_secretariat_s_desk_alone()
    {
        await using (var db = app.Database())
        {
            db.Letters.Add(new() { Id = Guid.CreateVersion7(), Kind = "consultation", ToName = "示例专家001", MessageId = "<1@panel.test>", Subject = "咨询函", FailedAt = TestPanel.Start });
            db.InboundMails.Add(new() { Id = Guid.CreateVersion7(), Sha256 = "1", FromAddress = "unknown@elsewhere.test", Subject = "回复", State = "held", ReceivedAt = TestPanel.Start });
            await db.SaveChangesAsync();
        }

        await OfAsync("secretariat", Role.Secretariat);
        await OfAsync("handler", Role.CaseHandler);

        using var secretariat = await SignedInAsync("secretariat");
        var boxes = (await secretariat.ReadAsync("/desk")).QuerySelectorAll(".box").Select(b => b.TextContent).ToList();
        Assert.Contains("示例专家001", boxes[0], StringComparison.Ordinal);
        Assert.Contains("unknown@elsewhere.test", boxes[1], StringComparison.Ordinal);
        using var handler = await SignedInAsync("handler");
        Assert.Empty((await handler.ReadAsync("/desk")).QuerySelectorAll(".box"));
    }

    [Fact]
    public async Task Another_office_s_matters_are_on_nobody_s_desk_here()
    {
        await OfAsync("clerk", Role.DocumentClerk);
        var other = await app.AddCommitteeAsync("620100", "兰州市", "prefecture");
        await PutAsync("兰州的", Role.DocumentClerk, tenant: other);

        Assert.Empty(await TitlesAsync("clerk", "todo"));
    }

    private async Task<string?> SlipsAsync(string name)
    {
        using var browser = await SignedInAsync(name);
        return (await browser.ReadAsync("/desk")).QuerySelector(".slips")?.TextContent;
    }

    private static RegisterMatter Registration(string title) => Stage.Registration(title) with { ReceivedAt = TestPanel.Start };

    private async Task<Actor> OfAsync(string name, Role role, string? division = null)
    {
        var user = await app.AddAccountAsync(name, [role], u => u.Division = division);
        return new(user.Id.ToString(), name, new HashSet<Role> { role }, "web test", division);
    }

    private async Task<Matter> RunAsync(Guid? id, MatterCommand command, Actor actor)
    {
        var result = await app.Services.GetRequiredService<ProcessRunner>().RunAsync(app.TenantId, id, command, actor, null, CancellationToken.None);
        Assert.True(result.Ok, result.Refusal?.Message);
        return result.Matter ?? throw new InvalidOperationException("The command gave no matter.");
    }

    private async Task PutAsync(
        string title, Role waitingFor, string? division = null, string? countersign = null, string unit = "", DateOnly? due = null, bool suspended = false, Guid? tenant = null)
    {
        await using var db = app.Database(tenant);
        db.Matters.Add(new()
        {
            Id = Guid.CreateVersion7(), Number = Guid.CreateVersion7().ToString("N"), Title = title, Stage = "verifying", WaitingFor = waitingFor.ToString(), Division = division,
            CountersignDivisions = countersign, SponsoringUnit = unit, StageDue = due, Suspended = suspended, StagePausedOn = suspended ? due?.AddDays(-1) : null, Urgency = nameof(UrgencyLevel.Normal),
            RegisteredAt = TimeProvider.System.GetUtcNow(), StageSince = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    private async Task<Browser> SignedInAsync(string name)
    {
        var browser = app.Open();
        await browser.SignInAsync(name, AppFactory.Password);
        return browser;
    }

    private async Task<List<string>> TitlesAsync(string name, string tab)
    {
        using var browser = await SignedInAsync(name);
        return [.. (await browser.ReadAsync($"/desk?tab={tab}")).QuerySelectorAll("tbody a").Select(a => a.TextContent)];
    }
}
