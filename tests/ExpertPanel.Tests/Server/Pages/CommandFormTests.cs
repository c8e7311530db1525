using System.Net;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

[Collection(nameof(OfficeCollection))]
public sealed class CommandFormTests(Office office)
{
    [Fact]
    public async Task Every_command_of_every_stage_has_a_form_for_who_may_run_it()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var matter in await MattersInManyStagesAsync())
            foreach (var (run, by) in (await RouteAsync()).Allowed(matter.Stage))
            {
                if (ExpertPanel.Server.Pages.Matters.MatterActions.IsOnInvitation(run) || !ExpertPanel.Server.Pages.Matters.MatterActions.IsOffered(run) || by.All(r => r == Role.System)) continue;
                var path = run == "attachFile" ? $"/matters/{matter.Number}/attach" : $"/matters/{matter.Number}/do/{run}";
                var page = await office.Of(office.Holding(by)).ReadAsync(path);
                Assert.True(page.QuerySelectorAll("main form[method=post] button.primary").Length == 1, $"{matter.Stage}/{run}");
                foreach (var field in CommandField.Of(MatterCommands.Commands[run]).Where(f => run != "attachFile"))
                    Assert.True(page.QuerySelector($"[name='{field.Name}'], [id='f-{field.Name}']") is not null, $"{run} asks for no {field.Name}");
                shown.Add(run);
            }

        Assert.True(shown.Count >= 35, $"{shown.Count}: {string.Join(' ', shown)}");
    }

    [Fact]
    public async Task A_slip_is_shown_at_its_field_and_what_was_typed_stays()
    {
        var matter = await office.PreCheckAsync();
        var path = $"/matters/{matter.Number}/do/declineMatter";

        var answer = await office.Of("处长丙").SendAsync(path, "declineMatter", ("Reason", ""), ("Text", "理由<b>粗</b>\n第二行"), ("ProperBody", "省住建厅"));
        var page = await Browser.DocumentAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("理由", page.ErrorAt("f-Reason"), StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll(".error-summary a[href='#f-Reason']"));
        Assert.Equal("理由<b>粗</b>\n第二行", page.QuerySelector("textarea[name=Text]")?.TextContent);
        Assert.Equal("省住建厅", page.QuerySelector("input[name=ProperBody]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_refusal_about_a_field_is_shown_at_that_field()
    {
        var matter = await office.PreCheckAsync();

        var answer = await office.Of("处长丙").SendAsync($"/matters/{matter.Number}/do/declineMatter", "declineMatter", ("Reason", "NotOurCompetence"), ("Text", "不属于本机关职责"), ("ProperBody", ""));

        Assert.Contains("有权处理的机关", (await Browser.DocumentAsync(answer)).ErrorAt("f-ProperBody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_whole_stands_in_the_summary()
    {
        var matter = await office.UnderReviewAsync();

        var answer = await office.Of("承办人乙").SendAsync($"/matters/{matter.Number}/do/draftWithoutExperts", "draftWithoutExperts", ("Reason", "简单"));

        Assert.Contains("第28条", (await Browser.DocumentAsync(answer)).Text(".error-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_not_the_role_is_refused_and_an_old_link_leads_back_to_the_matter()
    {
        var matter = await office.PreCheckAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await office.Of("承办人乙").OpenAsync($"/matters/{matter.Number}/do/acceptMatter")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("处长丙").OpenAsync($"/matters/{matter.Number}/do/nothingKnown")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("处长丙").OpenAsync($"/matters/{matter.Number}/do/warnDeadline")).StatusCode);
        var late = await office.Of("主任丁").OpenAsync($"/matters/{matter.Number}/do/signOpinion");
        Assert.Equal($"/matters/{matter.Number}", late.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_form_sent_twice_acts_once()
    {
        var matter = await office.PreCheckAsync();
        var path = $"/matters/{matter.Number}/do/recordPreCheck";
        var form = (await office.Of("承办人乙").ReadAsync(path)).Form("recordPreCheck");

        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Redirect, (await office.Of("承办人乙").Client.PostAsync(path, form.Filled(("WithinCompetence", "true"), ("Note", "齐全")))).StatusCode);

        await using var db = office.App.Database();
        Assert.Equal(1, await db.History.CountAsync(h => h.StreamId == matter.Id && h.Command == "recordPreCheck"));
    }

    [Fact]
    public async Task People_divisions_and_lists_of_records_are_read()
    {
        var matter = await office.RunAsync(await office.PreCheckAsync(), new AcceptMatter(), "处长丙");
        var assigned = await office.Of("处长丙").SendAsync($"/matters/{matter.Number}/do/assignMatter", "assignMatter",
            ("Leader", office.As("主任丁").Id), ("Division", "法制一处"), ("Handler", office.As("承办人乙").Id), ("CoHandlers", office.As("承办人己").Id));
        Assert.Equal(HttpStatusCode.Redirect, assigned.StatusCode);

        var prepare = $"/matters/{matter.Number}/do/prepareDraw";
        await office.RunAsync(matter, new RecordFindings("甲", "乙", "丙", "问题一"), "承办人乙");
        var page = await office.Of("承办人乙").ReadAsync(prepare);
        Assert.Equal("问题一", page.QuerySelector("textarea[name=Questions]")?.TextContent);
        var drawn = await office.Of("承办人乙").Client.PostAsync(prepare, page.Form("prepareDraw").Filled(("Seats[1].CommitteeMember", "true")));
        Assert.Equal(HttpStatusCode.Redirect, drawn.StatusCode);

        var state = await StateAsync(matter);
        Assert.Equal("承办人己", Assert.Single(state.Responsibility?.CoHandlers ?? []).Name);
        Assert.Equal([false, true, false, true, true], state.Panel?.Seats.Select(s => s.CommitteeMember));
        Assert.All((state.Panel?.Seats ?? []).Take(3), s => Assert.Equal(["administrative"], s.Specialties));
        Assert.All((state.Panel?.Seats ?? []).Skip(3), s => Assert.Empty(s.Specialties)); // the members' seats, as proposed
    }

    [Fact]
    public async Task A_person_who_is_not_on_the_list_is_refused()
    {
        var matter = await office.RunAsync(await office.PreCheckAsync(), new AcceptMatter(), "处长丙");

        var answer = await office.Of("处长丙").SendAsync($"/matters/{matter.Number}/do/assignMatter", "assignMatter",
            ("Leader", office.As("收文员甲").Id), ("Division", "没有的处"), ("Handler", office.As("承办人乙").Id));
        var page = await Browser.DocumentAsync(answer);

        Assert.NotEmpty(page.ErrorAt("f-Leader"));
        Assert.NotEmpty(page.ErrorAt("f-Division"));
        Assert.Equal(office.As("承办人乙").Id, page.QuerySelector("select[name=Handler] option[selected]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Forms_begin_with_what_is_known()
    {
        var summarising = await office.SummarisingAsync(OpinionStand.Unlawful);
        var summary = (await office.Of("承办人乙").ReadAsync($"/matters/{summarising.Number}/do/summariseOpinions")).QuerySelector("textarea[name=Text]")?.TextContent ?? "";
        Assert.Contains("认为合法或修改后合法（2人）", summary, StringComparison.Ordinal);
        Assert.Contains("期限超过法定上限，不合法。", summary, StringComparison.Ordinal);

        var drafting = await office.RunAsync(summarising, new SummariseOpinions(summary), "承办人乙");
        var draft = await office.Of("承办人乙").ReadAsync($"/matters/{drafting.Number}/do/saveDraft");
        Assert.Equal("示例省环保厅", draft.QuerySelector("input[name=PrimaryRecipient]")?.GetAttribute("value"));
        Assert.Equal("权限合法。", draft.QuerySelector("textarea[name=Competence]")?.TextContent);

        var feedback = await office.Of("送审人").ReadAsync($"/matters/{(await office.AwaitingFeedbackAsync()).Number}/do/recordFeedback");
        Assert.Equal("明确退出机制", feedback.QuerySelector("input[name='Items[0].Suggestion']")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_slip_in_a_row_is_shown_in_its_row()
    {
        var matter = await office.AwaitingFeedbackAsync();
        var path = $"/matters/{matter.Number}/do/recordFeedback";

        var answer = await office.Of("送审人").SendAsync(path, "recordFeedback", ("Overall", "PartlyAdopted"), ("Reason", "部分"), ("Items[0].Adopted", "NotAdopted"), ("Items[3].Suggestion", "另一建议"), ("Items[3].Adopted", "Adopted"));
        var page = await Browser.DocumentAsync(answer);

        Assert.Contains("请说明理由", page.ErrorAt("f-Items-0-Reason"), StringComparison.Ordinal);
        Assert.Equal("另一建议", page.QuerySelector("input[name='Items[1].Suggestion']")?.GetAttribute("value"));
    }

    [Fact]
    public async Task The_secretariat_records_what_came_on_paper_for_one_invitation()
    {
        var matter = await office.ConsultingAsync();
        var invitation = matter.Panel?.Invitations[0] ?? throw new InvalidOperationException();
        await office.RunAsync(matter, new AcceptInvitation(invitation.Id, true), Actor.Expert(invitation.ExpertId, invitation.ExpertName, "web test"));
        var path = $"/matters/{matter.Number}/do/submitOpinion?InvitationId={invitation.Id}";

        var answer = await office.Of("秘书辛").SendAsync(path, "submitOpinion", ("Stand", "LawfulWithChanges"), ("Text", "书面意见"), ("Channel", "Paper"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("书面意见", (await StateAsync(matter)).Panel?.Find(invitation.Id)?.Counted?.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Of("秘书辛").OpenAsync($"/matters/{matter.Number}/do/submitOpinion?InvitationId={Guid.CreateVersion7()}")).StatusCode);
    }

    private async Task<List<Matter>> MattersInManyStagesAsync() =>
    [
        await office.RegisteredAsync(), await office.PreCheckAsync(), await office.RunAsync(await office.PreCheckAsync(), new RequestSupplement(["依据目录"]), "处长丙"),
        await office.RunAsync(await office.PreCheckAsync(), new AcceptMatter(), "处长丙"), await office.UnderReviewAsync(), await office.DrawingAsync(), await office.ConsultingAsync(),
        await office.SummarisingAsync(), await office.DraftingAsync(), await office.VerifyingAsync(["法制二处"]), await office.SigningAsync(), await office.NumberingAsync(),
        await office.DeliveringAsync(), await office.AwaitingFeedbackAsync(),
    ];

    private async Task<Matter> StateAsync(Matter matter)
    {
        await using var db = office.App.Database();
        var json = await db.Matters.Where(m => m.Id == matter.Id).Select(m => m.State).SingleAsync();
        return System.Text.Json.JsonSerializer.Deserialize<Matter>(json, MatterCommands.Json) ?? throw new InvalidOperationException();
    }

    private async Task<ExpertPanel.Workflows.Routes.Route> RouteAsync()
    {
        await using var db = office.App.Database();
        return await office.App.Services.GetRequiredService<CommitteeSettings>().RouteAsync(db, "legality-review", 1, CancellationToken.None);
    }
}
