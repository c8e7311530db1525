using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>Eight at once: each acts once, nothing is lost, no number is missing or given twice.</summary>
public sealed class RaceTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    private const int Callers = 8;

    [Theory, MemberData(nameof(Both))]
    public async Task Steps_that_race_for_one_matter_all_happen_one_after_the_other(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.RegisteredAsync(panel);
        var results = await InParallel(Callers, i => panel.RunAsync(matter.Id, new RecordInstruction("主任丁", $"批示 {i}", new(2014, 9, 26)), People.Leader));

        Assert.All(results, r => Assert.True(r.Ok, r.Refusal?.Code));
        var row = await RowAsync(panel, matter.Id);
        Assert.Equal(Callers + 1, row.Version);
        Assert.Equal(Callers, System.Text.Json.JsonSerializer.Deserialize<Matter>(row.State, MatterCommands.Json)?.Instructions.Count);
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_callers_register_receipt_numbers_from_one_to_n(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var results = await InParallel(Callers, async _ =>
        {
            var numbers = new List<string?>();
            for (var i = 0; i < 4; i++) numbers.Add((await panel.RunAsync(null, Stage.Registration(), People.Clerk)).Matter?.Number);
            return numbers;
        });
        Assert.Equal(Enumerable.Range(1, Callers * 4).Select(n => $"620000-2014-{n:0000}"), results.SelectMany(r => r).Order());
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_callers_issue_document_numbers_from_one_to_n_without_gap_or_double(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matters = new List<Guid>();
        for (var i = 0; i < Callers; i++) matters.Add(await QuickToNumberingAsync(panel));

        // Every matter is issued by eight callers at once, and between them stand callers who are refused.
        var results = await InParallel(Callers * Callers, i => panel.RunAsync(matters[i % Callers], new IssueOpinion(), i % 5 == 0 ? People.Handler : People.Document));
        Assert.All(results, r => Assert.True(r.Ok || r.Refusal?.Code is "role.missing" or "stage.not-here", r.Refusal?.Code));
        await using var db = panel.Open();
        var numbers = await db.Matters.Select(m => m.DocumentNumber).ToListAsync();
        Assert.Equal(Enumerable.Range(1, Callers).Select(n => $"甘政法函〔2014〕{n}号").Order(StringComparer.Ordinal), numbers.Order(StringComparer.Ordinal));
        Assert.Equal(Callers, await db.NumberSeries.Where(s => s.Code == "甘政法函").Select(s => s.Last).SingleAsync());
        Assert.Equal(Callers, await db.Letters.CountAsync(l => l.Kind == LetterKinds.OpinionDelivery));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_draws_of_one_matter_draw_once(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.AwaitingLastShareAsync(panel);
        var results = await InParallel(Callers, _ => panel.RunAsync(matter.Id, Shares.Reveal(ShareSide.Secretariat), People.Secretariat));

        Assert.Single(results, r => r.Facts.Count > 0);
        Assert.All(results, r => Assert.True(r.Ok, r.Refusal?.Code));
        Assert.Single(results.Select(r => r.Matter?.Panel?.Seed).Distinct());
        var rows = await RowsAsync(panel);
        Assert.Equal((3, 3, 1), (rows["invitations"], rows["letters"], rows["draws"]));
        await IntactAsync(panel);
    }

    /// <summary>Both show their values at once, four callers each: whoever is second draws.</summary>
    [Theory, MemberData(nameof(Both))]
    public async Task Both_sides_who_reveal_at_once_draw_once(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.DrawingAsync(panel);
        await InParallel(2, i => panel.RunAsync(matter.Id, Shares.Commit(matter, (ShareSide)i), i == 0 ? People.Secretariat : People.Auditor));
        var results = await InParallel(Callers, i => panel.RunAsync(matter.Id, Shares.Reveal((ShareSide)(i % 2)), i % 2 == 0 ? People.Secretariat : People.Auditor));

        Assert.All(results, r => Assert.True(r.Ok, r.Refusal?.Code));
        Assert.Single(results, r => r.Facts.OfType<PanelDrawn>().Any());
        Assert.Equal(Shares.Both, results.Select(r => r.Matter?.Panel?.Beacon?.Value).OfType<string>().Distinct().Single());
        var rows = await RowsAsync(panel);
        Assert.Equal((3, 3, 1), (rows["invitations"], rows["letters"], rows["draws"]));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_persons_who_commit_at_once_leave_one_value_for_each_side(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.DrawingAsync(panel);
        var results = await InParallel(Callers, i => panel.RunAsync(
            matter.Id, Shares.Commit(matter, (ShareSide)(i % 2)), (i % 2 == 0 ? People.Secretariat : People.Auditor) with { Id = $"person{i}" }));

        Assert.Equal(2, results.Count(r => r.Ok));
        Assert.Equal(Callers - 2, results.Count(r => r.Refusal?.Code == "share.side-taken"));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_approvals_approve_once(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.SigningAsync(panel);
        var results = await InParallel(Callers, i => panel.RunAsync(matter.Id, new SignOpinion($"同意 {i}"), People.Leader));

        Assert.All(results, r => Assert.True(r.Ok, r.Refusal?.Code));
        Assert.Single(results, r => r.Facts.Count > 0);
        Assert.Single(results.Select(r => r.Matter?.SignOff?.Instruction).Distinct());
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_leaders_who_sign_at_once_leave_one_signature(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.SigningAsync(panel);
        var results = await InParallel(Callers, i => panel.RunAsync(matter.Id, new SignOpinion(), People.Leader with { Id = $"leader{i}" }));
        Assert.Single(results, r => r.Ok);
        Assert.Equal(Callers - 1, results.Count(r => r.Refusal?.Code == "stage.not-here"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Experts_who_answer_at_once_are_all_heard_and_the_substitutes_differ(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitations = matter.Panel?.Invitations ?? [];
        await InParallel(3, i => panel.RunAsync(matter.Id, new DeclineInvitation(invitations[i].Id, "出差"), People.Expert(invitations[i])));

        await using var db = panel.Open();
        Assert.Equal(3, await db.Invitations.CountAsync(i => i.State == nameof(InvitationState.Declined)));
        var open = await db.Invitations.Where(i => i.State == nameof(InvitationState.Invited)).Select(i => new { i.Seat, i.ExpertId }).ToListAsync();
        Assert.Equal(["s1", "s2", "s3"], open.Select(i => i.Seat).Order());
        Assert.Equal(3, open.Select(i => i.ExpertId).Distinct().Count());
        await IntactAsync(panel);
    }

    private static async Task<Guid> QuickToNumberingAsync(TestPanel panel)
    {
        var matter = await Stage.UnderReviewAsync(panel, Stage.Registration(type: MatterType.LegalInstrument));
        await panel.MustAsync(matter.Id, new DraftWithoutExperts("事实清楚"), People.Handler);
        await panel.MustAsync(matter.Id, Stage.Draft(), People.Handler);
        await panel.MustAsync(matter.Id, new SubmitDraft(), People.Handler);
        await panel.MustAsync(matter.Id, new VerifyDraft(), People.Head);
        await panel.MustAsync(matter.Id, new SignOpinion(), People.Leader);
        return matter.Id;
    }
}
