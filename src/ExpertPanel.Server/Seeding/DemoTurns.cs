using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Seeding;

/// <summary>What may happen to a matter beside the main line: each turn is taken once, in the stage where people take it.</summary>
internal sealed class DemoTurns(DemoStaff staff)
{
    public static IReadOnlyList<string> All { get; } =
    [
        "instruction", "supplement", "expedite", "declined", "returned", "transferred", "withdrawn", "terminated", "pause", "suspend", "consult",
        "consultOpen", "extension", "withoutExperts", "mailNotAllowed", "declines", "recuses", "silent", "dissent", "short", "meeting", "proceed",
        "changes", "unlawful", "returnDraft", "countersign", "disagrees", "notAdopted", "partly", "supervise",
    ];

    /// <summary>The turn that comes before the main line's next act, if one does.</summary>
    public DemoAct? Next(DemoJourney way, Matter matter, DateTimeOffset now) => matter.Stage switch
    {
        _ when matter.Suspension is not null => new(new ResumeMatter("示例：补充说明已收到，恢复办理。"), staff.Head),
        "preCheck" => PreCheck(way, matter, now),
        "underReview" => Review(way, matter),
        "summarising" when way.Takes("short") && matter.Panel?.Invitations.FirstOrDefault(i => i.Counted is not null) is { } first =>
            new(new StrikeOpinion(first.Id, RecusalGround.AdvisedBefore, "示例：该专家曾为送审单位提供咨询。"), staff.Secretariat),
        "verifying" when way.Takes("returnDraft") => new(new ReturnDraft("示例：请补充第二条的依据。"), staff.Head),
        "closing" when matter.Slips.Any(s => s.RepliedAt is null) => new(new ReplyToSupervision("示例：意见书已发出，迟延原因是会签往返。"), staff.Handler(way.Index)),
        _ => null,
    };

    /// <summary>What happens where the matter stays.</summary>
    public DemoAct? Last(DemoJourney way, DateOnly today) =>
        way.Takes("suspend") ? new(new SuspendMatter(SuspensionCause.AwaitingFacts, "示例：等待送审单位补充实地勘察结果。", "收到勘察报告"), staff.Head)
        : way.Takes("supervise") ? new(new SuperviseMatter(SlipColour.Yellow, "示例：审查时限已过，请说明原因并于三日内提出意见。", today.AddDays(3)), staff.Supervisor)
        : null;

    private DemoAct? PreCheck(DemoJourney way, Matter matter, DateTimeOffset now)
    {
        if (way.Takes("instruction"))
            return new(new RecordInstruction("示例分管领导", "请省政府法制办研究提出意见。", Workflows.Deadlines.ChinaTime.LocalDate(now)), staff.Clerk);
        if (matter.Supplements.Count == 0 && way.Takes("supplement")) return new(new RequestSupplement(["示例：起草说明", "示例：征求意见汇总表"]), staff.Handler(way.Index));
        if (way.Takes("expedite")) return new(new ExpediteMatter(UrgencyLevel.Urgent, "示例：已列入近期常务会议议题。"), staff.Head);
        if (way.Takes("declined")) return new(new DeclineMatter(EndingReason.NotALegalQuestion, "示例：不涉及法律问题。"), staff.Head);
        if (way.Takes("returned")) return new(new ReturnMatter(EndingReason.ProcedureNotFollowed, "示例：未经本单位法制机构审核。"), staff.Head);
        return way.Takes("transferred") ? new(new TransferMatter("示例市人民政府", "示例：依法由市人民政府处理。"), staff.Head) : null;
    }

    private DemoAct? Review(DemoJourney way, Matter matter)
    {
        var handler = staff.Handler(way.Index);
        if (way.Takes("pause")) return new(new SuspendMatter(SuspensionCause.SponsorRevising, "示例：送审单位正在修改方案。", "收到修改稿"), staff.Head);
        if (way.Takes("withdrawn")) return new(new WithdrawMatter("示例：送审单位决定暂缓出台。"), staff.Clerk);
        if (way.Takes("terminated")) return new(new TerminateMatter("示例：上位法已作出规定，无需再行审查。"), staff.Leader);
        if (matter.Findings is null) return null;
        if (way.Takes("consult") || way.Takes("consultOpen")) return new(new ConsultUnits("示例省财政厅", null, "示例：补偿资金来源是否落实？"), handler);
        if (way.Plan.Has("consult") && matter.Consultations.Any(c => c.RepliedAt is null))
            return new(new RecordConsultationReply("示例省财政厅", "示例：资金已列入预算，无不同意见。", Agrees: true), handler);
        if (matter.Extension is null && way.Takes("extension")) return new(new RequestExtension(5, "示例：协议附件较多，需逐项核对。"), handler);
        return matter.Extension is { Approved: null } ? new(new DecideExtension(Approve: true, "示例：同意延期五个工作日。"), staff.Leader) : null;
    }
}
