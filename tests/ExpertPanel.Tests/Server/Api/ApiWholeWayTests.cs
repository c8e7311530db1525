using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Draw;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Api;

public sealed class ApiWholeWayTests(AppFactory app) : IClassFixture<AppFactory>
{
    [Fact]
    public async Task A_matter_goes_from_registration_to_the_archive_by_HTTP_alone()
    {
        await AddExpertsAsync();
        using var clerk = await ApiCaller.OfAsync(app, "收文", [Role.RegistryClerk]);
        using var handler = await ApiCaller.OfAsync(app, "承办", [Role.CaseHandler], user => user.Division = "法制一处");
        using var head = await ApiCaller.OfAsync(app, "处长", [Role.DivisionHead], user => user.Division = "法制一处");
        using var leader = await ApiCaller.OfAsync(app, "主任", [Role.Leader]);
        using var office = await ApiCaller.OfAsync(app, "秘书文书档案", [Role.Secretariat, Role.DocumentClerk, Role.Archivist]);

        var number = (await clerk.MustAsync("/matters", ApiBodies.Registration())).GetProperty("number").GetString() ?? "";
        await AttachAsync(clerk, number);
        await handler.RunAsync(number, "startPreCheck");
        await handler.RunAsync(number, "recordPreCheck", ApiCommandTests.PreCheck);
        await head.RunAsync(number, "acceptMatter");
        await head.RunAsync(number, "assignMatter", new { leader = leader.User.Id, division = "法制一处", handler = new { handler.User.Id } });
        Assert.Contains("recordFindings", (await handler.GetAsync($"/matters/{number}")).GetProperty("commands").EnumerateArray().Select(c => c.GetString()));
        await handler.RunAsync(number, "recordFindings", new { competence = "权限合法", procedure = "程序完备", content = "待议" });
        await handler.RunAsync(number, "prepareDraw", new { questions = "是否合法？", seats = new object[] { new { committeeMember = true }, new { committeeMember = false }, new { specialties = new[] { "administrative" }, committeeMember = false } } });
        await ApiCaller.ProblemAsync(await office.Client.GetAsync($"{ApiCaller.Root}/matters/{number}/draw"), HttpStatusCode.NotFound);
        using var auditor = await ApiCaller.OfAsync(app, "审计", [Role.AuditAdministrator]);
        await DrawAsync(office, auditor, number);
        await CheckDrawAsync(office, number);
        await AnswerAsync(office, number);
        await office.RunAsync(number, "closeRound");
        await handler.RunAsync(number, "summariseOpinions", new { text = "一致认为合法。" });
        await handler.RunAsync(number, "saveDraft", new { primaryRecipient = "示例省环保厅", circumstances = "已收到。", bases = new[] { "《示例条例》" }, competence = "合法", procedure = "合法", content = "合法", conclusion = "lawful" });
        await handler.RunAsync(number, "submitDraft");
        await head.RunAsync(number, "verifyDraft");
        await leader.RunAsync(number, "signOpinion");
        await office.RunAsync(number, "issueOpinion");
        await office.RunAsync(number, "confirmDelivery", new { receivedBy = "联系人一" });
        await clerk.RunAsync(number, "recordFeedback", new { overall = "adopted" });
        await handler.RunAsync(number, "closeMatter");
        var archived = await office.RunAsync(number, "archiveMatter", new { term = "permanent" });

        Assert.Equal("archived", archived.GetProperty("stage").GetString());
        await CheckListsAsync(handler, number);
        await using var db = app.Database();
        var audit = await AuditCheck.RunAsync(db, CancellationToken.None);
        Assert.True(audit.Intact, string.Join("; ", audit.Faults));
    }

    private async Task AddExpertsAsync()
    {
        await using var db = app.Database();
        var today = ExpertPanel.Workflows.Deadlines.ChinaTime.LocalDate(TimeProvider.System.GetUtcNow());
        db.Experts.AddRange(MadeUpBank.Of(SeedFiles.BesideProgram, 40, 17, today));
        await db.SaveChangesAsync();
    }

    private static async Task AttachAsync(ApiCaller clerk, string number)
    {
        using var form = new MultipartFormDataContent { { new StringContent("draftForReview"), "kind" } };
        var file = new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "示例送审稿.pdf");
        var answer = await clerk.Client.PostAsync($"{ApiCaller.Root}/matters/{number}/files", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var attached = (await clerk.GetAsync($"/matters/{number}")).GetProperty("matter").GetProperty("files")[0];
        var back = await clerk.Client.GetAsync($"{ApiCaller.Root}/matters/{number}/files/{attached.GetProperty("id").GetString()}");
        Assert.StartsWith("%PDF", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("attachment", back.Content.Headers.ContentDisposition?.DispositionType);
    }

    /// <summary>Each makes a value of the own and commits to it by the rule that the contract writes down; the program never sees it before both have.</summary>
    private static async Task DrawAsync(ApiCaller office, ApiCaller auditor, string number)
    {
        var drawId = (await office.GetAsync($"/matters/{number}")).GetProperty("matter").GetProperty("panel").GetProperty("drawId").GetString();
        var (own, others) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        await office.RunAsync(number, "commitShare", new { commitment = Commitment("secretariat", own) });
        await ApiCaller.ProblemAsync(await office.PostAsync($"/matters/{number}/commands/revealShare", new { value = Convert.ToHexStringLower(own) }), HttpStatusCode.Conflict);
        await auditor.RunAsync(number, "commitShare", new { commitment = Commitment("audit", others) });
        await office.RunAsync(number, "revealShare", new { value = Convert.ToHexStringLower(own) });
        var drawn = await auditor.RunAsync(number, "revealShare", new { value = Convert.ToHexStringLower(others) });
        Assert.Equal("expertConsulting", drawn.GetProperty("stage").GetString());

        string Commitment(string side, byte[] value) =>
            Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes($"expertpanel/share/1\0{drawId}\0{side}\0"), .. value]));
    }

    private static async Task CheckDrawAsync(ApiCaller office, string number)
    {
        var transcript = await (await office.Client.GetAsync($"{ApiCaller.Root}/matters/{number}/draw")).Content.ReadAsStringAsync();
        Assert.True(DrawVerification.Verify(transcript).IsVerified, transcript[..200]);
    }

    private static async Task AnswerAsync(ApiCaller office, string number)
    {
        var invitations = (await office.GetAsync($"/matters/{number}")).GetProperty("matter").GetProperty("panel").GetProperty("invitations").EnumerateArray().ToList();
        Assert.Equal(3, invitations.Count);
        foreach (var id in invitations.Select(i => i.GetProperty("id").GetString()))
            await office.RunAsync(number, "submitOpinion", new { invitationId = id, stand = "lawful", text = "纸质意见：合法。", dissent = false, channel = "paper" });
    }

    private async Task CheckListsAsync(ApiCaller handler, string number)
    {
        var year = number.Split('-')[1];
        var figure = await handler.GetAsync($"/matters?figure=matter.province.handled&figureYear={year}");
        var report = await handler.GetAsync($"/reports/{year}");
        var handled = report.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("id").GetString() == "matter.province.handled");
        Assert.Equal(figure.GetProperty("total").GetInt32(), handled.GetProperty("value").GetInt32());
        Assert.Equal(number, Assert.Single((await handler.GetAsync("/matters?ended=closed")).GetProperty("items").EnumerateArray().ToList()).GetProperty("number").GetString());
        Assert.True((await handler.GetAsync($"/matters/{number}/history")).GetArrayLength() > 20);
        Assert.Equal(number, (await handler.GetAsync("/desk/done")).GetProperty("items")[0].GetProperty("number").GetString());
        Assert.Equal(40, (await handler.GetAsync("/experts?size=5")).GetProperty("total").GetInt32());
        await using var db = app.Database();
        Assert.Equal(await db.Experts.CountAsync(e => e.CommitteeMember), (await handler.GetAsync("/experts?member=true")).GetProperty("total").GetInt32());
        var document = await handler.Client.GetAsync($"{ApiCaller.Root}/matters/{number}/documents/opinion");
        Assert.Equal("PK"u8.ToArray(), (await document.Content.ReadAsByteArrayAsync())[..2]);
    }
}
