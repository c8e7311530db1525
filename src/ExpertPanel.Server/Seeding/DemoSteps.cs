using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Seeding;

/// <summary>The main line: what is done next in each stage, and by whom. The rules answer for themselves.</summary>
internal sealed class DemoSteps(DemoStaff staff)
{
    private readonly DemoTurns turns = new(staff);

    public DemoAct Registration(DemoJourney way, DateTimeOffset now) => new(
        new RegisterMatter(
            way.Plan.Title, way.Plan.Type, way.Plan.Sponsor, $"示函〔{ChinaTime.LocalDate(now).Year}〕{way.Index + 1}号", "示例联系人", "000-0000000",
            "sponsor@example.test", IntakeChannel.Paper, now.AddMinutes(-30), way.Plan.Has("mailNotAllowed") ? SecrecyLevel.WorkSecret : SecrecyLevel.Open,
            MailAllowed: !way.Plan.Has("mailNotAllowed"), UrgencyLevel.Normal, way.Plan.Specialties, Parties: ["示例有限责任公司"],
            Materials: ["示例：送审稿", "示例：依据目录"]),
        staff.Clerk);

    /// <summary>The next act; null to let time pass.</summary>
    public DemoAct? Next(DemoJourney way, Matter matter, DateTimeOffset now)
    {
        if (turns.Next(way, matter, now) is { } turn) return turn;
        var handler = staff.Handler(way.Index);
        return matter.Stage switch
        {
            "registered" => new(new StartPreCheck(), handler),
            "preCheck" when matter.PreCheck?.RecordedAt is null => new(new RecordPreCheck(true, true, true, true, "示例：材料齐全。"), handler),
            "preCheck" => new(new AcceptMatter("示例：同意受理。"), staff.Head),
            "awaitingSupplement" => new(new ProvideSupplement("示例：已补齐。"), staff.Clerk),
            "assigning" => new(new AssignMatter(staff.Leader.Person, "法制一处", handler.Person, Proposal: "示例：建议由法制一处承办。"), staff.Head),
            "underReview" when matter.Findings is null => new(new RecordFindings("示例：属本级政府权限。", "示例：已履行征求意见程序。", "示例：个别条款待研究。", Question), handler),
            "underReview" when way.Plan.Has("withoutExperts") => new(new DraftWithoutExperts("示例：仅为文字性修改意见。"), handler),
            "underReview" => new(new PrepareDraw([new(way.Plan.Specialties, CommitteeMember: false), new(null, CommitteeMember: true), new(null, false)], Question), handler),
            "drawing" => Draw(way, matter),
            "expertConsulting" => DemoOpinions.Next(way, matter.Panel, staff),
            "insufficient" => new(new ResolveShortfall(way.Plan.Has("proceed") ? ShortfallChoice.Proceed : ShortfallChoice.Meeting, "示例：时间紧，已有意见充分。"), staff.Head),
            "arguing" => Meeting(matter, now),
            "summarising" => new(new SummariseOpinions("示例：专家意见汇总如附。"), handler),
            "drafting" => Drafting(way, matter),
            "verifying" => new(new VerifyDraft("示例：同意。"), staff.Head),
            "countersigning" => new(new Countersign(!way.Plan.Has("disagrees"), "示例：建议明确付款条件。"), staff.OtherHead),
            "signing" => new(new SignOpinion("示例：同意发出。"), staff.Leader),
            "numbering" => new(new IssueOpinion(), staff.Document),
            "delivering" => new(new ConfirmDelivery("示例联系人"), staff.Document),
            "awaitingFeedback" => new(Feedback(way), handler),
            "closing" => new(new CloseMatter("示例：办结。"), handler),
            "archiving" => new(new ArchiveMatter(RetentionTerm.ThirtyYears), staff.Archivist),
            _ => null,
        };
    }

    public DemoAct? Last(DemoJourney way, DateOnly today) => turns.Last(way, today);

    private const string Question = "示例：拟设定的期限和退出机制是否合法？";

    /// <summary>The two sides' shares. A demo has nobody to keep a value: it is the hash of title and side, and so no secret.</summary>
    private DemoAct? Draw(DemoJourney way, Matter matter)
    {
        if (matter.Panel is not { Beacon: { Awaited: { } awaited } beacon } panel) return null;
        var (actor, side) = awaited.Role == Role.Secretariat ? (staff.Secretariat, ShareSide.Secretariat) : (staff.Auditor, ShareSide.Audit);
        var value = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{way.Plan.Title}/{side}")));
        return beacon.ShareOf(side) is null
            ? new(new CommitShare(ShareCommitment.Of(panel.DrawId, side, value)), actor)
            : new(new RevealShare(value), actor);
    }

    private DemoAct? Meeting(Matter matter, DateTimeOffset now)
    {
        var invited = (matter.Panel?.Invitations ?? []).Where(i => i.State != InvitationState.Recused).Select(i => i.ExpertName).Distinct().ToList();
        IReadOnlyList<string> people = [.. invited, .. new[] { "示例与会专家甲", "示例与会专家乙", "示例与会专家丙", "示例与会专家丁", "示例与会专家戊" }.Take(5 - invited.Count)];
        if (matter.Meeting is not { } meeting)
            return new(new CallMeeting(now.AddHours(20), "示例会议室", "示例：有争议的条款", people), staff.Secretariat);
        return now < meeting.Starts
            ? null
            : new(new RecordMinutes("示例主持人", people, "示例：四人认为可行，一人持不同意见。", 4, 1, 0, "示例：原则可行，应完善程序。", Dissent: "示例：一名专家认为依据不足。"), staff.Secretariat);
    }

    private DemoAct Drafting(DemoJourney way, Matter matter)
    {
        var handler = staff.Handler(way.Index);
        var revising = matter.Draft is { Version: 1 } sent && matter.StageSince > sent.At;
        if (matter.Draft is not null && !revising)
            return new(new SubmitDraft(way.Plan.Has("countersign") ? ["法制二处"] : null), handler);
        var conclusion = way.Plan.Has("unlawful") ? ReviewConclusion.Unlawful : way.Plan.Has("changes") ? ReviewConclusion.LawfulWithChanges : ReviewConclusion.Lawful;
        return new(
            new SaveDraft(
                way.Plan.Sponsor, revising ? "示例：收到送审稿及说明；已补充第二条的依据。" : "示例：收到送审稿及说明。", ["《重大行政决策程序暂行条例》"], "示例：属本级政府权限。", "示例：程序完备。", "示例：内容见下。", conclusion,
                Problems: conclusion == ReviewConclusion.Lawful ? null : ["示例：第五条与上位法不一致"], Suggestions: ["示例：明确退出机制"], Risks: ["示例：履约风险"]),
            handler);
    }

    private static RecordFeedback Feedback(DemoJourney way) =>
        way.Plan.Has("notAdopted") ? new(AdoptionKind.NotAdopted, "示例：拟另行制定办法。")
        : way.Plan.Has("partly") ? new(AdoptionKind.PartlyAdopted, "示例：第三条维持原文。")
        : new(AdoptionKind.Adopted);
}
