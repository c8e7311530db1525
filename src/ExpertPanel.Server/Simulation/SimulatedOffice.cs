using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Simulation;

/// <summary>What somebody does next with a matter, and how long they take.</summary>
internal sealed record OfficeAct(MatterCommand Command, Actor Actor);

/// <summary>The people of a simulated legal office: who acts in which stage, and with what.</summary>
internal sealed class SimulatedOffice(Choices choices, IReadOnlyList<string> specialties)
{
    private static readonly Actor Clerk = Of("收文员", Role.RegistryClerk);
    private static readonly Actor Secretariat = Of("秘书处", Role.Secretariat);
    private static readonly Actor Auditor = Of("审计管理员", Role.AuditAdministrator);
    private static readonly Actor Document = Of("文书", Role.DocumentClerk);
    private static readonly Actor Archivist = Of("档案员", Role.Archivist);
    private static readonly Actor Leader = Of("办领导", Role.Leader);
    private static readonly Actor Head = Of("一处处长", Role.DivisionHead, "一处");
    private static readonly Actor OtherHead = Of("二处处长", Role.DivisionHead, "二处");
    private static readonly Actor[] Handlers = [Of("承办人甲", Role.CaseHandler, "一处"), Of("承办人乙", Role.CaseHandler, "一处"), Of("承办人丙", Role.CaseHandler, "一处")];

    private static readonly MatterType[] Types =
    [
        MatterType.MajorDecision, MatterType.MajorDecision, MatterType.MajorAdministrativeAct, MatterType.MajorInvestmentProject,
        MatterType.LegalInstrument, MatterType.ComplexLegalCase, MatterType.NormativeDocument, MatterType.LegislativeConsultation,
    ];

    public OfficeAct Register(int index, DateTimeOffset now)
    {
        var key = $"{index}";
        var open = choices.Happens(0.7, "open", key);
        return new(new RegisterMatter(
            $"关于示例事项第{index + 1}号的请示", Types[(int)(choices.Of("type", key) * Types.Length)], $"示例单位{1 + (int)(choices.Of("sponsor", key) * 40):00}",
            $"示例函〔{now.Year}〕{index + 1}号", "示例联系人", null, $"sponsor{index + 1}@sponsor.test", IntakeChannel.Paper, now,
            open ? SecrecyLevel.Open : SecrecyLevel.WorkSecret, open, choices.Happens(0.1, "urgent", key) ? UrgencyLevel.Urgent : UrgencyLevel.Normal,
            Specialties: [specialties[(int)(choices.Of("specialty", key) * specialties.Count)]]), Clerk);
    }

    /// <returns>Null while the matter waits for experts or for time.</returns>
    public OfficeAct? Next(Matter matter, DateTimeOffset now)
    {
        if (matter.Suspension is { } pause) return now - pause.From > TimeSpan.FromDays(9) ? new(new ResumeMatter("情况已查清"), Head) : null;
        var handler = Handlers.FirstOrDefault(h => h.Id == matter.Responsibility?.Handler.Id) ?? Handlers[0];
        return matter.Stage switch
        {
            "registered" => new(new StartPreCheck(), Handlers[(int)(Choice("handler", matter) * Handlers.Length)]),
            "preCheck" => PreCheck(matter),
            "awaitingSupplement" => Chance(0.9, "supplied", matter) ? new(new ProvideSupplement("已补齐"), Clerk) : null,
            "assigning" => new(new AssignMatter(Leader.Person, "一处", Handlers[(int)(Choice("assigned", matter) * Handlers.Length)].Person), Head),
            "underReview" => UnderReview(matter, handler),
            "drawing" => Draw(matter),
            "expertConsulting" => null,
            "insufficient" => new(new ResolveShortfall(Shortfall(matter), "在册专家未能按期答复"), Head),
            "arguing" => Argue(matter, now),
            "summarising" => new(new SummariseOpinions("各位专家意见已逐份汇总。"), handler),
            "drafting" => matter.Draft is null || matter.Verification is null && matter.StageSince > matter.Draft.At
                ? new(Draft(matter), handler)
                : new(new SubmitDraft(Chance(0.3, "countersign", matter) ? ["二处"] : null), handler),
            "verifying" => matter.Draft?.Version == 1 && Chance(0.1, "returned", matter) ? new(new ReturnDraft("请补充法律依据"), Head) : new(new VerifyDraft("同意"), Head),
            "countersigning" => new(new Countersign(true), OtherHead),
            "signing" => new(new SignOpinion("同意"), Leader),
            "numbering" => new(new IssueOpinion(), Document),
            "delivering" => new(new ConfirmDelivery("示例联系人"), Document),
            "awaitingFeedback" => new(Chance(0.8, "adopted", matter) ? new RecordFeedback(AdoptionKind.Adopted) : new RecordFeedback(AdoptionKind.PartlyAdopted, "部分条件尚不成熟"), handler),
            "closing" => matter.Slips.Any(s => s.RepliedAt is null) ? new(new ReplyToSupervision("已办理"), handler) : new(new CloseMatter(), handler),
            "archiving" => new(new ArchiveMatter(RetentionTerm.ThirtyYears), Archivist),
            _ => null,
        };
    }

    private OfficeAct PreCheck(Matter matter) => matter switch
    {
        { PreCheck.RecordedAt: null } => new(new RecordPreCheck(true, true, true, true), Handlers.First(h => h.Id == matter.PreCheck.By.Id)),
        { Supplements.Count: 0 } when Chance(0.1, "supplement", matter) => new(new RequestSupplement(["征求意见情况说明", "公平竞争审查结论"]), Head),
        _ when Chance(0.03, "declined", matter) => new(new DeclineMatter(EndingReason.NotALegalQuestion, "不属于法律问题"), Head),
        _ => new(new AcceptMatter("同意受理"), Head),
    };

    private OfficeAct UnderReview(Matter matter, Actor handler)
    {
        if (matter.Findings is null) return new(new RecordFindings("属于法定权限", "程序符合规定", "个别条款需要研究", "有关条款是否符合上位法？"), handler);
        if (Chance(0.02, "withdrawn", matter)) return new(new WithdrawMatter("送审单位另行研究"), Clerk);
        if (Chance(0.04, "suspended", matter) && !matter.ReviewDeadline!.Pauses.Any()) // An accepted matter has its deadline.
            return new(new SuspendMatter(SuspensionCause.AwaitingFacts, "等待核实事实", "事实查清"), Head);
        if (matter.Consultations.Count == 0 && Chance(0.3, "consulted", matter)) return new(new ConsultUnits("示例财政厅", null, "对第三条有无意见"), handler);
        if (matter.Consultations.Any(c => c.RepliedAt is null)) return new(new RecordConsultationReply("示例财政厅", "无不同意见", true), handler);
        if (matter.Extension is null && Chance(0.05, "extension", matter)) return new(new RequestExtension(5, "案情复杂"), handler);
        if (matter.Extension is { Approved: null }) return new(new DecideExtension(true, "同意"), Head);
        var specialty = matter.Submission.Specialties;
        return new(new PrepareDraw([new(specialty, Chance(0.4, "member", matter)), new(specialty, false), new(null, false)], "有关条款是否符合上位法？"), handler);
    }

    /// <summary>Secretariat and auditor each commit to a value of their own, then each shows it; the draw follows by itself.</summary>
    private OfficeAct? Draw(Matter matter)
    {
        if (matter.Panel is not { Beacon: { Awaited: { } awaited } beacon } panel) return null;
        var (actor, side) = awaited.Role == Role.Secretariat ? (Secretariat, ShareSide.Secretariat) : (Auditor, ShareSide.Audit);
        var value = choices.Hex("share", $"{panel.DrawId}", $"{side}");
        return beacon.ShareOf(side) is null
            ? new(new CommitShare(ShareCommitment.Of(panel.DrawId, side, value)), actor)
            : new(new RevealShare(value), actor);
    }

    private ShortfallChoice Shortfall(Matter matter) => Choice("shortfall", matter) switch
    {
        < 0.3 => ShortfallChoice.Extend,
        < 0.5 => ShortfallChoice.Meeting,
        _ => ShortfallChoice.Proceed,
    };

    private static OfficeAct Argue(Matter matter, DateTimeOffset now)
    {
        string[] experts = ["示例专家001", "示例专家002", "示例专家003", "示例专家004", "示例专家005"];
        return matter.Meeting is null
            ? new(new CallMeeting(now.AddDays(3), "第一会议室", "研究有关条款", experts), Secretariat)
            : new(new RecordMinutes("秘书长", experts, "多数认为合法", 4, 1, 0, "建议修改后通过", Dissent: "一位专家认为第三条与上位法不一致"), Secretariat);
    }

    private static SaveDraft Draft(Matter matter)
    {
        var tally = matter.Panel is { } panel ? Tally.Of(panel) : new(0, 0, 0, 0);
        var conclusion = tally.Unlawful > tally.Lawful + tally.WithChanges ? ReviewConclusion.Unlawful
            : tally.WithChanges > 0 ? ReviewConclusion.LawfulWithChanges : ReviewConclusion.Lawful;
        // A returned draft is revised; the same text again would be "already so".
        var circumstances = matter.Draft is null ? "送审材料齐全，已听取专家意见。" : $"送审材料齐全，已听取专家意见，已按核稿意见作第{matter.Draft.Version}次修改。";
        return new(matter.Submission.SponsoringUnit, circumstances, ["《中华人民共和国行政许可法》"], "属于法定权限。", "程序符合规定。", "详见下列意见。",
            conclusion, Problems: ["第三条与上位法不一致（《行政许可法》第十六条）"], Suggestions: ["修改第三条"], Risks: ["存在行政争议风险"]);
    }

    private double Choice(string what, Matter matter) => choices.Of(what, matter.Number);

    private bool Chance(double probability, string what, Matter matter) => choices.Happens(probability, what, matter.Number);

    private static Actor Of(string name, Role role, string? division = null) => new(name, name, new HashSet<Role> { role }, "cli simulate", division);
}
