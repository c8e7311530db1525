using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Tests;

/// <summary>The people of the office.</summary>
public static class People
{
    public static Actor Clerk { get; } = Of("clerk", "收文员甲", Role.RegistryClerk);

    public static Actor Handler { get; } = Of("handler", "承办人乙", Role.CaseHandler, "法制一处");

    public static Actor OtherHandler { get; } = Of("handler2", "承办人己", Role.CaseHandler, "法制一处");

    public static Actor Head { get; } = Of("head", "处长丙", Role.DivisionHead, "法制一处");

    public static Actor OtherHead { get; } = Of("head2", "处长庚", Role.DivisionHead, "法制二处");

    public static Actor Leader { get; } = Of("leader", "主任丁", Role.Leader);

    public static Actor Document { get; } = Of("document", "文书戊", Role.DocumentClerk);

    public static Actor Secretariat { get; } = Of("secretariat", "秘书辛", Role.Secretariat);

    public static Actor OtherSecretariat { get; } = Of("secretariat2", "秘书子", Role.Secretariat);

    public static Actor Auditor { get; } = Of("auditor", "审计丑", Role.AuditAdministrator);

    public static Actor Archivist { get; } = Of("archivist", "档案员壬", Role.Archivist);

    public static Actor Supervisor { get; } = Of("supervisor", "督查员癸", Role.Supervisor);

    public static Actor Expert(Invitation invitation) => Actor.Expert(invitation.ExpertId, invitation.ExpertName, "web test");

    private static Actor Of(string id, string name, Role role, string? division = null) => new(id, name, new HashSet<Role> { role }, "web test", division);
}

/// <summary>Brings a matter to a stage by name, through the real commands.</summary>
public static class Stage
{
    public static RegisterMatter Registration(string title = "关于示例供热项目特许经营的请示", MatterType type = MatterType.MajorDecision) => new(
        title, type, "示例省环保厅", "示环函〔2014〕8号", "联系人一", "0931-0000000", "sponsor@sponsor.test", IntakeChannel.Paper, TestPanel.Start,
        SecrecyLevel.Open, MailAllowed: true, UrgencyLevel.Normal, Specialties: ["administrative"], Parties: ["示例热力有限公司"], Materials: ["送审稿", "依据目录"]);

    public static async Task<Matter> RegisteredAsync(TestPanel panel, RegisterMatter? registration = null) =>
        await panel.MustAsync(null, registration ?? Registration(), People.Clerk);

    public static async Task<Matter> PreCheckAsync(TestPanel panel, RegisterMatter? registration = null)
    {
        var matter = await RegisteredAsync(panel, registration);
        await panel.MustAsync(matter.Id, new StartPreCheck(), People.Handler);
        return await panel.MustAsync(matter.Id, new RecordPreCheck(true, true, true, true), People.Handler);
    }

    public static async Task<Matter> UnderReviewAsync(TestPanel panel, RegisterMatter? registration = null)
    {
        var matter = await PreCheckAsync(panel, registration);
        await panel.MustAsync(matter.Id, new AcceptMatter(), People.Head);
        return await panel.MustAsync(matter.Id, new AssignMatter(People.Leader.Person, "法制一处", People.Handler.Person), People.Head);
    }

    public static async Task<Matter> DrawingAsync(TestPanel panel, RegisterMatter? registration = null)
    {
        var matter = await UnderReviewAsync(panel, registration);
        await panel.MustAsync(matter.Id, new RecordFindings("权限合法", "程序完备", "内容待议", "特许经营期限是否合法？"), People.Handler);
        return await panel.MustAsync(matter.Id, new PrepareDraw([new(["administrative"], true), new(null, false), new(null, false)], "特许经营期限是否合法？"), People.Handler);
    }

    public static async Task<Matter> ExpertConsultingAsync(TestPanel panel, RegisterMatter? registration = null)
    {
        var matter = await DrawingAsync(panel, registration);
        return await DrawnAsync(panel, matter);
    }

    /// <summary>Both values are there but the secretariat's, which makes the beacon known.</summary>
    public static async Task<Matter> AwaitingLastShareAsync(TestPanel panel)
    {
        var matter = await DrawingAsync(panel);
        foreach (var (command, actor) in Shares.Acts(matter, People.Secretariat, People.Auditor).SkipLast(1)) await panel.MustAsync(matter.Id, command, actor);
        return matter;
    }

    /// <summary>Both persons commit and show their values; the draw follows.</summary>
    public static async Task<Matter> DrawnAsync(TestPanel panel, Matter matter)
    {
        foreach (var (command, actor) in Shares.Acts(matter, People.Secretariat, People.Auditor)) matter = await panel.MustAsync(matter.Id, command, actor);
        return matter;
    }

    public static SubmitOpinion Opinion(Invitation invitation, OpinionStand stand = OpinionStand.Lawful, string text = "经审查，符合法律规定。") =>
        new(invitation.Id, stand, text, null, stand == OpinionStand.Unlawful, OpinionChannel.Web);

    public static async Task<Matter> SummarisingAsync(TestPanel panel)
    {
        var matter = await ExpertConsultingAsync(panel);
        foreach (var invitation in matter.Panel?.Invitations ?? [])
        {
            await panel.MustAsync(matter.Id, new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
            await panel.MustAsync(matter.Id, Opinion(invitation), People.Expert(invitation));
        }

        return await panel.MustAsync(matter.Id, new CloseRound(), People.Secretariat);
    }

    public static SaveDraft Draft(ReviewConclusion conclusion = ReviewConclusion.Lawful) => new(
        "示例省环保厅", "2014年9月26日收到送审稿。", ["《市政公用事业特许经营管理办法》"], "属本级政府权限。", "已征求意见。", "内容合法。", conclusion,
        Problems: conclusion == ReviewConclusion.Lawful ? null : ["第五条与上位法抵触（《行政许可法》第十六条）"], Suggestions: ["明确退出机制"]);

    public static async Task<Matter> VerifyingAsync(TestPanel panel, IReadOnlyList<string>? countersign = null)
    {
        var matter = await SummarisingAsync(panel);
        await panel.MustAsync(matter.Id, new SummariseOpinions("三位专家一致认为合法。"), People.Handler);
        await panel.MustAsync(matter.Id, Draft(), People.Handler);
        return await panel.MustAsync(matter.Id, new SubmitDraft(countersign), People.Handler);
    }

    public static async Task<Matter> SigningAsync(TestPanel panel)
    {
        var matter = await VerifyingAsync(panel);
        return await panel.MustAsync(matter.Id, new VerifyDraft("同意"), People.Head);
    }

    public static async Task<Matter> NumberingAsync(TestPanel panel)
    {
        var matter = await SigningAsync(panel);
        return await panel.MustAsync(matter.Id, new SignOpinion("同意发出"), People.Leader);
    }

    public static async Task<Matter> DeliveringAsync(TestPanel panel)
    {
        var matter = await NumberingAsync(panel);
        return await panel.MustAsync(matter.Id, new IssueOpinion(), People.Document);
    }

    public static async Task<Matter> ArchivedAsync(TestPanel panel)
    {
        var matter = await DeliveringAsync(panel);
        await panel.MustAsync(matter.Id, new ConfirmDelivery("联系人一"), People.Document);
        await panel.MustAsync(matter.Id, new RecordFeedback(AdoptionKind.Adopted), People.Handler);
        await panel.MustAsync(matter.Id, new CloseMatter(), People.Handler);
        return await panel.MustAsync(matter.Id, new ArchiveMatter(RetentionTerm.Permanent), People.Archivist);
    }
}
