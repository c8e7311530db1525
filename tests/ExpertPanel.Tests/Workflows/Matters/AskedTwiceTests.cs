using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Matters;

/// <summary>For every command: asked twice is harmless, and nothing is asked of a matter that is over.</summary>
public sealed class AskedTwiceTests
{
    /// <summary>Each command with a stage in which it is accepted, and by whom.</summary>
    internal static readonly (string Stage, Func<Walk, (MatterCommand Command, Actor Actor)> Ask)[] Accepted =
    [
        ("registered", _ => (new StartPreCheck(), People.Handler)),
        ("preCheck", _ => (new RecordPreCheck(true, true, true, false, "说明"), People.Handler)),
        ("preCheck", _ => (new AcceptMatter(), People.Head)),
        ("preCheck", _ => (new RequestSupplement(["依据目录"]), People.Handler)),
        ("preCheck", w => Prepared(w, new RequestSupplement(["依据目录"]), People.Handler, new ProvideSupplement("已补齐"), People.Clerk)),
        ("preCheck", w => Later(w, 30, new RequestSupplement(["依据目录"]), People.Handler, new LapseSupplement(new(2014, 10, 15)), Actor.System("timer"))),
        ("preCheck", _ => (new DeclineMatter(EndingReason.NotALegalQuestion, "非法律问题"), People.Head)),
        ("preCheck", _ => (new ReturnMatter(EndingReason.ProcedureNotFollowed, "程序不全"), People.Head)),
        ("preCheck", _ => (new TransferMatter("示例省司法厅", "移送"), People.Head)),
        ("assigning", _ => (WalkStages.Assignment, People.Head)),
        ("underReview", _ => (new RecordFindings("合法", "合法", "合法"), People.Handler)),
        ("underReview", _ => (new ConsultUnits("示例省发改委", null, "是否同意？"), People.Handler)),
        ("underReview", w => Prepared(w, new ConsultUnits("示例省发改委", null, "是否同意？"), People.Handler, new RecordConsultationReply("示例省发改委", "同意", true), People.Handler)),
        ("underReview", w => NearMatch(w)),
        ("underReview", w => Unreferred(w)),
        ("underReview", _ => (WalkStages.ThreeSeats, People.Handler)),
        ("underReview", _ => (new AttachFile(Guid.CreateVersion7(), FileKind.Basis, "依据.pdf", "application/pdf", 1, "aa"), People.Handler)),
        ("underReview", _ => (new RecordInstruction("主任丁", "办理", new(2014, 9, 26)), People.Clerk)),
        ("underReview", _ => (new ExpediteMatter(UrgencyLevel.Urgent, "应急", 5), People.Head)),
        ("underReview", _ => (new SetMailAllowed(false, "涉商业秘密"), People.Head)),
        ("underReview", _ => (new ReassignMatter("法制一处", People.OtherHandler.Person, "休假"), People.Head)),
        ("underReview", _ => (new RecuseHandler(RecusalGround.OwnInterest, "本人利益", People.OtherHandler.Person), People.Head)),
        ("underReview", _ => (new SuspendMatter(SuspensionCause.AwaitingLaw, "等待", "公布"), People.Head)),
        ("underReview", w => Prepared(w, new SuspendMatter(SuspensionCause.AwaitingLaw, "等待", "公布"), People.Head, new ResumeMatter("恢复"), People.Head)),
        ("underReview", _ => (new RequestExtension(5, "复杂"), People.Handler)),
        ("underReview", w => Prepared(w, new RequestExtension(5, "复杂"), People.Handler, new DecideExtension(true), People.Head)),
        ("underReview", _ => (new WithdrawMatter("调整"), People.Clerk)),
        ("underReview", _ => (new TerminateMatter("依据消失"), People.Leader)),
        ("underReview", _ => (new SuperviseMatter(SlipColour.Blue, "说明", new(2014, 9, 30)), People.Supervisor)),
        ("underReview", w => Prepared(w, new SuperviseMatter(SlipColour.Blue, "说明", new(2014, 9, 30)), People.Supervisor, new ReplyToSupervision("已办"), People.Handler)),
        ("underReview", w => (new WarnDeadline(ExpertPanel.Workflows.Deadlines.DeadlineWarningKind.Overdue, true, w.Matter.ReviewDeadline?.Due ?? default, w.Matter.Stage), Actor.System("timer"))),
        ("underReview", w => Moved(w)),
        ("underReview", _ => (new CallMeeting(Walk.Beijing(2014, 10, 9), "会议室", "议题", ["示例专家001"]), People.Secretariat)),
        ("underReview", w => Prepared(w, new CallMeeting(Walk.Beijing(2014, 10, 9), "会议室", "议题", []), People.Secretariat, Panels.MeetingTests.Minutes, People.Secretariat)),
        ("drawing", w => (Shares.Commit(w.Matter, ShareSide.Audit), People.Auditor)),
        ("drawing", w => (Shares.Reveal(ShareSide.Secretariat), w.Committed() is not null ? People.Secretariat : People.Auditor)),
        ("underReview", w => AwaitingLottery(w)),
        ("drawing", w => Undrawn(w)),
        ("drawing", _ => (new RequestRedraw("承诺值遗失"), People.Handler)),
        ("drawing", w => Prepared(w, new RequestRedraw("承诺值遗失"), People.Handler, new DecideRedraw(true), People.Head)),
        ("drawing", _ => (new CancelDraw("重设"), People.Secretariat)),
        ("expertConsulting", w => (new AcceptInvitation(w.Invitations[0].Id, true), People.Expert(w.Invitations[0]))),
        ("expertConsulting", w => (new DeclineInvitation(w.Invitations[0].Id, "无暇"), People.Expert(w.Invitations[0]))),
        ("expertConsulting", w => (new RecuseExpert(w.Invitations[0].Id, RecusalGround.OwnInterest), People.Expert(w.Invitations[0]))),
        ("expertConsulting", w => (Stage.Opinion(w.Invitations[0]), People.Expert(w.Invitations[0]))),
        ("expertConsulting", w => (new RemindInvitation(w.Invitations[0].Id, w.Invitations[0].Due), Actor.System("timer"))),
        ("expertConsulting", w => (new BounceInvitation(w.Invitations[0].Id, "550"), Actor.System("mail"))),
        ("expertConsulting", w => Elapsed(w, 30, new LapseInvitation(w.Invitations[0].Id))),
        ("expertConsulting", w => Elapsed(w, 30, new CloseRound())),
        ("summarising", w => (new StrikeOpinion(w.Invitations[0].Id, RecusalGround.OwnInterest, "利益"), People.Head)),
        ("summarising", w => Prepared(w, new StrikeOpinion(w.Invitations[0].Id, RecusalGround.OwnInterest, "利益"), People.Head, new ResolveShortfall(ShortfallChoice.Proceed, "时限"), People.Head)),
        ("summarising", _ => (new SummariseOpinions("汇总"), People.Handler)),
        ("drafting", _ => (Stage.Draft(), People.Handler)),
        ("drafting", w => Prepared(w, Stage.Draft(), People.Handler, new SubmitDraft(), People.Handler)),
        ("verifying", _ => (new VerifyDraft(), People.Head)),
        ("verifying", _ => (new ReturnDraft("改"), People.Head)),
        ("drafting", w => Countersigned(w)),
        ("signing", _ => (new SignOpinion(), People.Leader)),
        ("numbering", _ => (new IssueOpinion(), People.Document)),
        ("delivering", w => Unsent(w)),
        ("delivering", w => Paper(w)),
        ("delivering", _ => (new ConfirmDelivery("联系人"), People.Document)),
        ("awaitingFeedback", _ => (new RecordFeedback(AdoptionKind.Adopted), People.Clerk)),
        ("closing", _ => (new CloseMatter(), People.Handler)),
        ("archiving", _ => (new ArchiveMatter(RetentionTerm.Permanent), People.Archivist)),
    ];

    /// <summary>
    /// Commands that open a matter (the caller's key tells a repetition), that follow by themselves, or that a person means anew each time.
    /// </summary>
    private static readonly Type[] Elsewhere =
        [typeof(RegisterMatter), typeof(RegisterCorrection), typeof(InviteExperts), typeof(SeatSubstitutes), typeof(DraftWithoutExperts), typeof(RemindFeedback)];

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Accepted.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void Asked_twice_acts_once(int index)
    {
        var (stage, ask) = Accepted[index];
        var walk = WalkStages.At(stage);
        var (command, actor) = ask(walk);
        walk.Must(command, actor);
        var (facts, letters, timers) = (walk.Facts.Count, walk.Letters.Count, walk.Timers.Count);

        var again = walk.Ask(command, actor);
        Assert.Empty(again.Events);
        Assert.Empty(again.Letters);
        Assert.Empty(again.Timers);
        Assert.Equal((facts, letters, timers), (walk.Facts.Count, walk.Letters.Count, walk.Timers.Count));
    }

    [Fact]
    public void Every_command_is_asked_twice_here_or_named_as_not()
    {
        var asked = Accepted.Select(a => a.Ask(WalkStages.At(a.Stage)).Command.GetType()).Concat(Elsewhere).Select(MatterCommands.NameOf).Distinct().Order();
        Assert.Equal(MatterCommands.Commands.Keys.Order(), asked);
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_archived_matter_is_locked(int index)
    {
        var (stage, ask) = Accepted[index];
        var (command, actor) = ask(WalkStages.At(stage));
        var archived = WalkStages.At("archived");

        var decision = archived.Ask(command, actor);
        Assert.Empty(decision.Events);
        Assert.True(decision.Refusal is null or { Code: "stage.not-here" }, decision.Refusal?.Code);
    }

    private static (MatterCommand, Actor) Prepared(Walk walk, MatterCommand first, Actor by, MatterCommand then, Actor actor)
    {
        walk.Must(first, by);
        return (then, actor);
    }

    private static (MatterCommand, Actor) AwaitingLottery(Walk walk)
    {
        walk.Must(WalkStages.ThreeSeats with { Beacon = BeaconKind.Lottery, BeaconSource = "中国福利彩票 双色球", BeaconRound = "2014112", BeaconKnownFrom = walk.Now.AddHours(12) }, People.Handler);
        walk.Now = walk.Now.AddHours(13);
        return (new EnterBeacon("03 09 11 12 22 30 + 16", "兰州日报"), People.Secretariat);
    }

    /// <summary>The beacon is known and the draw did not follow: its evidence was not there.</summary>
    private static (MatterCommand, Actor) Undrawn(Walk walk)
    {
        var evidence = walk.Evidence;
        walk.Evidence = null;
        walk.Draw();
        walk.Evidence = evidence;
        return (new DrawPanel(), People.Secretariat);
    }

    private static (MatterCommand, Actor) Unreferred(Walk walk)
    {
        _ = NearMatch(walk);
        return (new ExpertPanel.Workflows.Conflicts.ReferNearMatches(), People.Handler);
    }

    private static (MatterCommand, Actor) NearMatch(Walk walk)
    {
        walk.Pool[0] = walk.Pool[0] with { Candidate = walk.Pool[0].Candidate with { Name = "联系人一" } };
        return (new ExpertPanel.Workflows.Conflicts.DecideConflict(walk.Pool[0].Candidate.Id, "conflict.sponsor-people|联系人一|联系人一", false, "同名不同人，已核对身份"), People.Secretariat);
    }

    private static (MatterCommand, Actor) Later(Walk walk, int days, MatterCommand first, Actor by, MatterCommand then, Actor actor)
    {
        walk.Must(first, by);
        walk.Now = walk.Now.AddDays(days);
        return (then, actor);
    }

    private static (MatterCommand, Actor) Elapsed(Walk walk, int days, MatterCommand then)
    {
        walk.Now = walk.Now.AddDays(days);
        return (then, Actor.System("timer"));
    }

    private static (MatterCommand, Actor) Moved(Walk walk)
    {
        walk.Calendar = walk.Calendar.WithLocalDays([new(new(2014, 10, 13), false, "州庆")]);
        return (new RecomputeDeadlines(), Actor.System("cli"));
    }

    private static (MatterCommand, Actor) Countersigned(Walk walk)
    {
        walk.Must(Stage.Draft(), People.Handler);
        walk.Must(new SubmitDraft(["法制二处"]), People.Handler);
        walk.Must(new VerifyDraft(), People.Head);
        return (new Countersign(true), People.OtherHead);
    }

    private static (MatterCommand, Actor) Unsent(Walk walk)
    {
        walk.Change(m => m with { Delivery = null });
        return (new DeliverOpinion(), Actor.System("route"));
    }

    private static (MatterCommand, Actor) Paper(Walk walk)
    {
        walk.Change(m => m with { Delivery = new(walk.Now, ByMail: false, null, null) });
        return (new VoidNumber("用印错误"), People.Document);
    }
}
