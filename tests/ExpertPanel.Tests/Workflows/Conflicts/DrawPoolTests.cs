using System.Text.Json;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Conflicts;

public sealed class DrawPoolTests
{
    /// <summary>A party of every walk's matter.</summary>
    private const string Party = "示例热力有限公司";

    [Fact]
    public void A_confirmed_conflict_reaches_the_engine_by_the_matters_own_name_and_shows_in_the_transcript()
    {
        var walk = WalkStages.At("underReview");
        var branch = walk.With("E0003", c => c with { Employer = "示例热力有限公司兰州分公司" });
        var draw = Drawn(walk);

        Assert.Contains(draw.Excluded, e => e.Id == branch && e.Reasons.Any(r => r.Code == "conflict.declared" && r.Evidence.Contains(Party, StringComparison.Ordinal)));
        var finding = Frozen(draw.Input.Raw, branch).GetProperty("findings")[0];
        Assert.Equal(("conflict.employer", "certain", Party), (Text(finding, "rule"), Text(finding, "decision"), Text(finding, "interest")));
        Assert.Contains("第713号", Text(finding, "source"), StringComparison.Ordinal);
        Assert.False(Frozen(draw.Input.Raw, "E0001").TryGetProperty("findings", out _));
    }

    [Fact]
    public void A_finding_is_hashed_with_the_input()
    {
        var walk = WalkStages.At("underReview");
        walk.With("E0003", c => c with { Employer = "示例热力有限公司兰州分公司" });
        walk.Must(WalkStages.ThreeSeats, People.Handler);
        var frozen = walk.Evidence ?? throw new InvalidOperationException("Nothing was frozen.");
        walk.Evidence = frozen with { InputJson = frozen.InputJson.Replace("是同一机构及其分支", "是两个机构", StringComparison.Ordinal) };
        Assert.NotEqual(frozen.InputJson, walk.Evidence.InputJson);
        walk.Draw();
        walk.MustRefuse("draw.evidence-changed", new DrawPanel(), People.Secretariat);
    }

    [Fact]
    public void A_near_match_stops_the_draw_until_a_person_has_decided()
    {
        var walk = WalkStages.At("underReview");
        var near = walk.With("E0003", c => c with { Employer = "示例热力集团有限公司" });
        walk.MustRefuse("draw.near-matches", WalkStages.ThreeSeats, People.Handler);

        var decision = new DecideConflict(near, Near(walk, near).Key, IsConflict: false, "经核实，两家企业无股权关系");
        walk.MustRefuse("role.missing", decision, People.Handler);
        walk.MustRefuse("conflict.not-found", decision with { Finding = "conflict.employer|某|某" }, People.Secretariat);
        walk.MustRefuse("conflict.not-found", decision with { BankNumber = "E9999" }, People.Secretariat);
        walk.Must(decision, People.Secretariat);
        walk.MustIgnore(decision, People.Secretariat);
        var finding = Frozen(Drawn(walk).Input.Raw, near).GetProperty("findings")[0];
        Assert.Equal(("cleared", "经核实，两家企业无股权关系", "秘书辛"), (Text(finding, "decision"), Text(finding, "reason"), Text(finding, "decidedBy")));
    }

    [Fact]
    public void A_near_match_that_a_person_calls_a_conflict_excludes_and_the_last_decision_holds()
    {
        var walk = WalkStages.At("underReview");
        var near = walk.With("E0003", c => c with { Employer = "示例热力集团有限公司" });
        var key = Near(walk, near).Key;
        walk.Must(new DecideConflict(near, key, IsConflict: false, "无股权关系"), People.Secretariat);
        walk.Must(new DecideConflict(near, key, IsConflict: true, "补充核实：同一控制人"), People.Head);

        Assert.Equal(2, walk.Matter.ConflictDecisions.Count);
        var draw = Drawn(walk);
        Assert.Equal("confirmed", Text(Frozen(draw.Input.Raw, near).GetProperty("findings")[0], "decision"));
        Assert.Contains(draw.Excluded, e => e.Id == near && e.Reasons.Any(r => r.Code == "conflict.declared"));
    }

    [Fact]
    public void What_is_certain_is_not_for_a_person_to_clear()
    {
        var walk = WalkStages.At("underReview");
        var certain = walk.With("E0003", c => c with { Employer = Party });
        var key = Screened(walk, certain).Findings[0].Key;
        walk.MustRefuse("conflict.certain", new DecideConflict(certain, key, IsConflict: false, "领导要求"), People.Secretariat);
    }

    [Fact]
    public void Nobody_is_asked_about_an_expert_who_cannot_be_drawn_anyway()
    {
        var walk = WalkStages.At("underReview");
        walk.With("E0003", c => c with { Employer = "示例热力集团有限公司", OnLeave = true });
        walk.With("E0004", c => c with { Employer = "示例热力集团有限公司", TermTo = new(2014, 9, 25) });
        walk.With("E0005", c => c with { Employer = "示例热力集团有限公司", FormerEmployers = [Party] });
        Assert.Equal("drawing", walk.Must(WalkStages.ThreeSeats, People.Handler).Stage);
    }

    [Fact]
    public void Who_gave_an_opinion_on_a_linked_matter_is_excluded_by_the_sponsors_name()
    {
        var earlier = WalkStages.At("summarising");
        var reviewer = earlier.Invitations[0].BankNumber;
        var walk = WalkStages.At("underReview");
        walk.Linked = earlier.Matter with { Number = "620000-2013-0099" };
        walk.Change(m => m with { Link = new("620000-2013-0099", LinkKind.Resubmission) });
        var draw = Drawn(walk);
        Assert.Contains(draw.Excluded, e => e.Id == reviewer && e.Reasons.Any(r => r.Code == "conflict.declared" && r.Evidence.Contains("示例省环保厅", StringComparison.Ordinal)));
        Assert.DoesNotContain(draw.Order, o => earlier.Invitations.Any(i => i.BankNumber == o.Id));
    }

    [Fact]
    public void The_line_department_never_has_more_than_its_share_of_a_panel()
    {
        var walk = WalkStages.At("underReview", Stage.Registration() with { SponsoringUnit = "甘肃省环保厅" });
        for (var i = 0; i < 40; i++) walk.Pool[i] = walk.Pool[i] with { CivilServant = true, Candidate = walk.Pool[i].Candidate with { Employer = $"{Cities[i % Cities.Length]}市环境保护局" } };
        walk.Must(WalkStages.ThreeSeats, People.Handler);
        var line = walk.Pool.Take(40).Select(p => p.Candidate.Id).ToHashSet();
        var frozen = DrawInputReader.ReadBeforeBeacon(walk.Evidence?.InputJson ?? "").Input ?? throw new InvalidOperationException("The input is not sound.");
        Assert.Equal("one-employer", Text(Frozen(frozen.Raw, walk.Pool[0].Candidate.Id).GetProperty("findings")[0], "decision"));
        var seated = Enumerable.Range(1, 200).Select(n => DrawEngine.Run(DrawInputComposer.WithBeacon(walk.Evidence?.InputJson ?? "", new(frozen.BeaconNamed?.Source ?? "", frozen.BeaconNamed?.Round ?? "", $"{n:x8}")).Input ?? frozen).Panel.Count(p => line.Contains(p.Id))).ToList();
        Assert.All(seated, s => Assert.InRange(s, 0, 1));
        Assert.Contains(1, seated);
    }

    [Fact]
    public void Where_the_share_could_not_be_kept_the_line_department_stays_out()
    {
        var walk = WalkStages.At("underReview", Stage.Registration() with { SponsoringUnit = "甘肃省环保厅" });
        walk.Rules = walk.Rules with { Settings = [.. walk.Rules.Settings.Select(s => s.Key == "panel.lineDepartmentShare" ? s with { Value = "0/1" } : s)] };
        walk.Pool[2] = walk.Pool[2] with { CivilServant = true, Candidate = walk.Pool[2].Candidate with { Employer = "兰州市环境保护局" } };
        var draw = Drawn(walk);
        Assert.Contains(draw.Excluded, e => e.Id == "E0003" && e.Reasons.Any(r => r.Code == "conflict.declared"));
        Assert.Equal("excluded", Text(Frozen(draw.Input.Raw, "E0003").GetProperty("findings")[0], "decision"));
    }

    private static readonly string[] Cities = ["兰州", "天水", "白银", "金昌", "武威", "张掖", "平凉", "酒泉", "庆阳", "定西"];

    private static DrawTranscript Drawn(Walk walk)
    {
        walk.Must(WalkStages.ThreeSeats, People.Handler);
        walk.Draw();
        return DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "");
    }

    private static Screening Screened(Walk walk, string bankNumber)
    {
        var submission = walk.Matter.Submission;
        var card = walk.Pool.Single(p => p.Candidate.Id == bankNumber).Candidate;
        return new ConflictScreen(new(submission.SponsoringUnit, [], submission.Parties, [], [], [], []), OrganisationTable.Empty)
            .Screen(new(card.Id, card.Name, card.Employer, card.FormerEmployers, card.Conflicts, card.Relatives, false));
    }

    private static Finding Near(Walk walk, string bankNumber) => Screened(walk, bankNumber).Findings.Single(f => f.Certainty == Certainty.Near);

    private static JsonElement Frozen(JsonElement input, string bankNumber) =>
        input.GetProperty("pool").EnumerateArray().Single(p => p.GetProperty("id").GetString() == bankNumber);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}

internal static class WalkCards
{
    /// <summary>Changes a card of the walk's bank.</summary>
    public static string With(this Walk walk, string bankNumber, Func<Candidate, Candidate> change)
    {
        var at = walk.Pool.FindIndex(p => p.Candidate.Id == bankNumber);
        walk.Pool[at] = walk.Pool[at] with { Candidate = change(walk.Pool[at].Candidate) };
        return bankNumber;
    }
}
