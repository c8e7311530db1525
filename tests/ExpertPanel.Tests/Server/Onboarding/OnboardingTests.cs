using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Mail.Outbox;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Onboarding;

/// <summary>A city's committee comes up: founded from above, its administrators invited by mail, rules approved, rehearsed, live.</summary>
public sealed partial class OnboardingTests : IAsyncLifetime
{
    private readonly string mails = Directory.CreateTempSubdirectory("panel-onboarding-").FullName;
    private AppFactory app = null!; // Set before any test by InitializeAsync.
    private ApiCaller province = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Mail:Folder"] = mails, ["Mail:BaseUrl"] = "https://panel.test/", ["RateLimits:ReplyPerMinute"] = "10000" });
        await using (var db = app.Database(Guid.Empty)) await CommitteeSetup.AddPlacesAsync(db, SeedFiles.BesideProgram, CancellationToken.None);
        province = await ApiCaller.OfAsync(app, "省系统管理员", [Role.SystemAdministrator]);
    }

    public async ValueTask DisposeAsync()
    {
        province.Dispose();
        await app.DisposeAsync();
        Directory.Delete(mails, recursive: true);
    }

    [Fact]
    public async Task A_city_comes_up_from_the_invitation_of_its_administrators_to_the_day_it_is_live()
    {
        var founded = await province.MustAsync("/committees", Lanzhou());
        Assert.Equal(["administrators", "experts", "founded"], Done(founded).Order());
        var city = await CityAsync("620100");
        await using (var db = app.Database(city))
        {
            var rules = ExpertPanel.Workflows.Rules.CommitteeRules.Read(await db.Rules.Select(r => r.Json).SingleAsync()).Rules!;
            Assert.Equal(("兰州市人民政府法制办公室", "兰政法函", "620100"), (rules.OfficeName, rules.Setting("issuer.code").Value, rules.Setting("office.code").Value));
            Assert.Equal(3, await db.AccountInvitations.CountAsync());
        }

        // The link in the mail: looking changes nothing, a bad password is told, a good one counts once.
        var link = await LinkAsync("system@lanzhou.test");
        using var browser = app.Open();
        for (var i = 0; i < 3; i++) Assert.Contains("系统甲", (await browser.ReadAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        var short_ = await Browser.DocumentAsync(await browser.SubmitAsync(link, Password("short", "short")));
        Assert.NotEmpty(short_.QuerySelectorAll(".error-summary, [id$=-error]"));
        Assert.Equal("/login", (await browser.SubmitAsync(link, Password(AppFactory.Password, AppFactory.Password))).Headers.Location?.OriginalString);
        Assert.Null((await browser.ReadAsync(link)).QuerySelector("input[type=password]"));
        await browser.SignInAsync("lz-system", AppFactory.Password);

        // The city's own administrator approves the rules, sees what is missing, goes live with a reason.
        var page = await browser.ReadAsync("/onboarding/620100");
        Assert.Contains("兰政法函", page.QuerySelector("#step-Rules")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("已开通 3 名，已设置密码 1 名", page.QuerySelector("#step-Administrators")!.TextContent, StringComparison.Ordinal);
        var blank = await Browser.DocumentAsync(await browser.SubmitAsync("/onboarding/620100", new Dictionary<string, string> { ["Decision"] = " " }, "Rules"));
        Assert.Contains("请填写批准文号或者决定", blank.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/onboarding/620100", new Dictionary<string, string> { ["Decision"] = "兰政办会议决定" }, "Rules")).StatusCode);
        Assert.Contains("请先聘任、导入或者借用专家", (await Browser.DocumentAsync(await browser.SubmitAsync("/onboarding/620100", Nothing, "Rehearse"))).Body!.TextContent, StringComparison.Ordinal);

        await using (var db = app.Database(city))
        {
            db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, 40, 9, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date)));
            await db.SaveChangesAsync();
        }

        var rehearsed = await Browser.DocumentAsync(await browser.SubmitAsync("/onboarding/620100", Nothing, "Rehearse"));
        Assert.Contains("试办通过", rehearsed.QuerySelector("#step-Rehearsal")!.TextContent, StringComparison.Ordinal);
        await using (var db = app.Database(city))
        {
            Assert.Equal((0, 0), (await db.Matters.CountAsync(), await db.Letters.CountAsync(l => l.MatterId != Guid.Empty)));
            Assert.Equal(1, await db.History.CountAsync(h => h.Command == "rehearse"));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/onboarding/620100", Nothing, "Live")).StatusCode);
        Assert.Contains("已启用", (await browser.ReadAsync("/onboarding/620100")).Body!.TextContent, StringComparison.Ordinal);
        // From that day nobody above acts in it, and it is covered.
        await ApiCaller.ProblemAsync(await province.PostAsync("/committees/620100/rules-approval", new { version = 2, decision = "x" }), HttpStatusCode.NotFound);
        var coverage = await province.GetAsync("/reports/coverage");
        Assert.True(coverage.GetProperty("committees").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "620100").GetProperty("isCovered").GetBoolean());
        await using var after = app.Database(city);
        Assert.Equal(["foundCommittee", "acceptAccountInvitation", "approveRules", "rehearse", "goLive"], await after.History.Where(h => h.StreamId == city).OrderBy(h => h.Sequence).Select(h => h.Command).ToListAsync());
        Assert.True((await ExpertPanel.Server.Processes.AuditCheck.RunAsync(after, CancellationToken.None)).Intact);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_half_founded()
    {
        var bare = await ApiCaller.ProblemAsync(await province.PostAsync("/committees", new { code = "620100" }), HttpStatusCode.BadRequest);
        Assert.True(bare.GetProperty("errors").TryGetProperty("administrators", out _), bare.ToString());
        var twice = await ApiCaller.ProblemAsync(await province.PostAsync("/committees", Lanzhou(second: "lz-system")), HttpStatusCode.BadRequest);
        Assert.True(twice.GetProperty("errors").TryGetProperty("administrators[1].userName", out _), twice.ToString());
        // A name that somebody has already: the whole act is taken back.
        var taken = await ApiCaller.ProblemAsync(await province.PostAsync("/committees", Lanzhou(second: "省系统管理员")), HttpStatusCode.BadRequest);
        Assert.True(taken.GetProperty("errors").TryGetProperty("administrators[1].userName", out _), taken.ToString());
        await using (var db = app.Database(await CityAsync("620100")))
            Assert.Equal((0, 0, 0, 0), (await db.Rules.CountAsync(), await db.AccountInvitations.CountAsync(), await db.Letters.CountAsync(), await db.History.CountAsync()));
        var elsewhere = await ApiCaller.ProblemAsync(await province.PostAsync("/committees", new { code = "NEW1", place = "新区", officeName = "新区法制办", level = "prefecture", parentCode = "999999", issuerCode = "新政法函", contact = "x", administrators = Three("new") }), HttpStatusCode.BadRequest);
        Assert.True(elsewhere.GetProperty("errors").TryGetProperty("parentCode", out _), elsewhere.ToString());
        await ApiCaller.ProblemAsync(await province.PostAsync("/committees/620100/live", new { }), HttpStatusCode.BadRequest);

        await province.MustAsync("/committees", new { code = "NEW1", place = "兰州新区", officeName = "兰州新区管委会法制机构", level = "prefecture", issuerCode = "兰新法函", contact = "示例", administrators = Three("new") });
        var again = await ApiCaller.ProblemAsync(await province.PostAsync("/committees", new { code = "NEW1", place = "兰州新区", officeName = "x", level = "prefecture", issuerCode = "兰新法函", contact = "示例", administrators = Three("n2") }), HttpStatusCode.BadRequest);
        Assert.Contains("已经开始组建", again.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_sibling_nor_a_lower_one_nor_another_role_brings_it_up()
    {
        await province.MustAsync("/committees", Lanzhou());
        var (sibling, county) = (await app.AddCommitteeAsync("620299", "示例市", "prefecture"), await app.AddCommitteeAsync("620199", "示例县", "county"));
        foreach (var (name, tenant) in new[] { ("市管理员", sibling), ("县管理员", county) })
        {
            using var other = await ApiCaller.OfAsync(app, name, [Role.SystemAdministrator], user => user.TenantId = tenant);
            foreach (var path in new[] { "rules-approval", "rehearsal", "live" })
                await ApiCaller.ProblemAsync(await other.PostAsync($"/committees/620100/{path}", new { version = 1, decision = "x" }), HttpStatusCode.NotFound);
            await ApiCaller.ProblemAsync(await other.PostAsync("/committees", Lanzhou()), HttpStatusCode.BadRequest);
        }

        using var clerk = await ApiCaller.OfAsync(app, "秘书", [Role.Secretariat]);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.PostAsync("/committees", Lanzhou())).StatusCode);
        using var browser = await app.SignInAsync("处长", Role.DivisionHead);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/onboarding/620100")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Open().OpenAsync("/invitation/aaaaaaaaaaaaaaaaaaaaaaaaaa")).StatusCode);
    }

    [Fact]
    public async Task A_second_invitation_ends_the_first()
    {
        await province.MustAsync("/committees", Lanzhou());
        var first = await LinkAsync("audit@lanzhou.test");
        using var browser = await app.SignInAsync("省管理员二", Role.SystemAdministrator);
        await using (var db = app.Database(await CityAsync("620100")))
        {
            var user = await db.Users.Where(u => u.UserName == "lz-audit").Select(u => u.Id).SingleAsync();
            var form = (await browser.ReadAsync("/onboarding/620100")).QuerySelectorAll("form").Single(f => f.QuerySelector($"input[value='{user}']") is not null);
            var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var answer = await browser.Client.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([KeyValuePair.Create("id", user.ToString()), KeyValuePair.Create("__RequestVerificationToken", token)]));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var second = await LinkAsync("audit@lanzhou.test");
        Assert.NotEqual(first, second);
        using var invited = app.Open();
        Assert.Null((await invited.ReadAsync(first)).QuerySelector("input[type=password]"));
        Assert.NotNull((await invited.ReadAsync(second)).QuerySelector("input[type=password]"));
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static Dictionary<string, string> Password(string next, string repeat) => new() { ["Input.Next"] = next, ["Input.Repeat"] = repeat };

    private static object Lanzhou(string? second = null) => new { code = "620100", contact = "0931-0000000", administrators = Three("lz", "lanzhou", second) };

    private static object[] Three(string prefix, string? domain = null, string? second = null) =>
    [
        new { role = "SystemAdministrator", userName = prefix + "-system", displayName = "系统甲", email = $"system@{domain ?? prefix}.test" },
        new { role = "SecurityAdministrator", userName = second ?? prefix + "-security", displayName = "安全乙", email = $"security@{domain ?? prefix}.test" },
        new { role = "AuditAdministrator", userName = prefix + "-audit", displayName = "审计丙", email = $"audit@{domain ?? prefix}.test" },
    ];

    private static IEnumerable<string> Done(JsonElement progress) =>
        progress.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("done").GetBoolean()).Select(s => s.GetProperty("step").GetString() ?? "");

    private async Task<Guid> CityAsync(string code)
    {
        await using var db = app.Database(Guid.Empty);
        return await db.Committees.Where(c => c.Code == code).Select(c => c.Id).SingleAsync();
    }

    /// <summary>Sends what is due; the newest mail to the address, its link as a path.</summary>
    private async Task<string> LinkAsync(string address)
    {
        await app.Services.GetRequiredService<OutboxRunner>().SendDueAsync(100, CancellationToken.None);
        var letters = Directory.GetFiles(mails, "*.eml", SearchOption.AllDirectories).Select(f => (File: f, Mail: MimeMessage.Load(f))).Where(m => m.Mail.To.Mailboxes.Any(t => t.Address == address))
            .OrderBy(m => m.Mail.Date).ThenBy(m => m.Mail.MessageId, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(letters);
        return "/" + Link().Match(letters[^1].Mail.TextBody ?? "").Groups["path"].Value;
    }

    [GeneratedRegex(@"https://panel\.test/(?<path>invitation/[a-z2-7]{26})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
