using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

/// <summary>A running office: the program over HTTP, one signed-in person for each post, a bank of experts, and matters brought to any stage.</summary>
public sealed class Office : IAsyncLifetime
{
    private static readonly (string Name, Role Role, string? Division)[] Posts =
    [
        ("收文员甲", Role.RegistryClerk, null), ("承办人乙", Role.CaseHandler, "法制一处"), ("承办人己", Role.CaseHandler, "法制一处"), ("处长丙", Role.DivisionHead, "法制一处"),
        ("处长庚", Role.DivisionHead, "法制二处"), ("主任丁", Role.Leader, null), ("文书戊", Role.DocumentClerk, null), ("秘书辛", Role.Secretariat, null),
        ("档案员壬", Role.Archivist, null), ("督查员癸", Role.Supervisor, null), ("统计员", Role.Statistician, null), ("系统管理员", Role.SystemAdministrator, null), ("审计丑", Role.AuditAdministrator, null),
    ];

    private readonly Dictionary<string, (Actor Actor, Browser Browser)> people = new(StringComparer.Ordinal);

    public AppFactory App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        await using (var db = App.Database())
        {
            db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, 60, 17, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date)));
            await db.SaveChangesAsync();
        }

        foreach (var (name, role, division) in Posts) await HireAsync(name, role, u => u.Division = division);
        await HireAsync("送审人", Role.Sponsor, u => u.SponsoringUnit = Stage.Registration().SponsoringUnit);
        await HireAsync("他单位", Role.Sponsor, u => u.SponsoringUnit = "示例省林业厅");
    }

    public Browser Of(string name) => people[name].Browser;

    public Actor As(string name) => people[name].Actor;

    /// <summary>Somebody whose role the route allows, in the order of the posts.</summary>
    public string Holding(IEnumerable<Role> roles) => Posts.Select(p => (p.Name, p.Role)).Append(("送审人", Role.Sponsor)).First(p => roles.Contains(p.Item2)).Item1;

    public async Task<Matter> RunAsync(Matter? matter, MatterCommand command, Actor actor)
    {
        var result = await App.Services.GetRequiredService<ProcessRunner>().RunAsync(App.TenantId, matter?.Id, command, actor, null, CancellationToken.None);
        Assert.True(result.Ok, $"{command.Name}: {result.Refusal?.Code} {result.Refusal?.Message}");
        return result.Matter ?? throw new InvalidOperationException(command.Name);
    }

    public Task<Matter> RunAsync(Matter? matter, MatterCommand command, string name) => RunAsync(matter, command, As(name));

    public async Task<Matter> RegisteredAsync(RegisterMatter? registration = null) => await RunAsync(null, registration ?? Stage.Registration(), "收文员甲");

    public async Task<Matter> PreCheckAsync(RegisterMatter? registration = null) => await RunAsync(await RegisteredAsync(registration), new StartPreCheck(), "承办人乙");

    public async Task<Matter> UnderReviewAsync(RegisterMatter? registration = null)
    {
        var matter = await RunAsync(await PreCheckAsync(registration), new AcceptMatter(), "处长丙");
        matter = await RunAsync(matter, new AssignMatter(As("主任丁").Person, "法制一处", As("承办人乙").Person), "处长丙");
        return await RunAsync(matter, new RecordFindings("权限合法。", "程序完备。", "内容待议。", "特许经营期限是否合法？"), "承办人乙");
    }

    public async Task<Matter> DrawingAsync() =>
        await RunAsync(await UnderReviewAsync(), new PrepareDraw([new(null, true), new(["administrative"], false), new(null, false)], "特许经营期限是否合法？"), "承办人乙");

    public async Task<Matter> ConsultingAsync() => await DrawnAsync(await DrawingAsync());

    public async Task<Matter> DrawnAsync(Matter matter)
    {
        foreach (var (command, actor) in Shares.Acts(matter, As("秘书辛"), As("审计丑"))) matter = await RunAsync(matter, command, actor);
        return matter;
    }

    public async Task<Matter> SummarisingAsync(OpinionStand last = OpinionStand.Lawful)
    {
        var matter = await ConsultingAsync();
        var invitations = matter.Panel?.Invitations ?? [];
        foreach (var invitation in invitations)
        {
            var expert = Actor.Expert(invitation.ExpertId, invitation.ExpertName, "web test");
            await RunAsync(matter, new AcceptInvitation(invitation.Id, true), expert);
            var stand = invitation == invitations[^1] ? last : OpinionStand.Lawful;
            matter = await RunAsync(matter, Stage.Opinion(invitation, stand, stand == OpinionStand.Lawful ? "经审查，符合法律规定。" : "期限超过法定上限，不合法。"), expert);
        }

        return await RunAsync(matter, new CloseRound(), "秘书辛");
    }

    public async Task<Matter> DraftingAsync() => await RunAsync(await SummarisingAsync(), new SummariseOpinions("三位专家一致认为合法。"), "承办人乙");

    public async Task<Matter> VerifyingAsync(IReadOnlyList<string>? countersign = null) =>
        await RunAsync(await RunAsync(await DraftingAsync(), Stage.Draft(), "承办人乙"), new SubmitDraft(countersign), "承办人乙");

    public async Task<Matter> SigningAsync() => await RunAsync(await VerifyingAsync(), new VerifyDraft("同意"), "处长丙");

    public async Task<Matter> NumberingAsync() => await RunAsync(await SigningAsync(), new SignOpinion("同意发出"), "主任丁");

    public async Task<Matter> DeliveringAsync() => await RunAsync(await NumberingAsync(), new IssueOpinion(), "文书戊");

    public async Task<Matter> AwaitingFeedbackAsync() => await RunAsync(await DeliveringAsync(), new ConfirmDelivery("联系人一"), "文书戊");

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, browser) in people.Values) browser.Dispose();
        await App.DisposeAsync();
    }

    private async Task HireAsync(string name, Role role, Action<ExpertPanel.Server.Accounts.AppUser> edit)
    {
        var user = await App.AddAccountAsync(name, [role], edit);
        var browser = App.Open();
        await browser.SignInAsync(name, AppFactory.Password);
        people[name] = (new(user.Id.ToString(), name, new HashSet<Role> { role }, "web test", user.Division), browser);
    }
}

/// <summary>One office for all tests of the pages: starting one takes seconds.</summary>
[CollectionDefinition(nameof(OfficeCollection))]
public sealed class OfficeCollection : ICollectionFixture<Office>;
