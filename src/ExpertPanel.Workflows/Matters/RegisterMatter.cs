using System.Text.RegularExpressions;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Workflows.Matters;

/// <summary>签收登记: gives the matter its receipt number. State secrets are refused and not stored (保密法 arts. 29, 31).</summary>
[Called("登记", "Register")]
public sealed record RegisterMatter(
    [Field("标题", "Title", Most = 300)] string Title,
    [Field("事项类型", "Type", Kind = FieldKind.Choice)] MatterType Type,
    [Field("送审单位", "Sponsoring unit", Most = 200)] string SponsoringUnit,
    [Field("来文字号", "Sponsor's letter number", Optional = true, Most = 100)] string? LetterNumber,
    [Field("联系人", "Contact person", Most = 60)] string ContactName,
    [Field("联系电话", "Telephone", Optional = true, Most = 60)] string? ContactPhone,
    [Field("联系邮箱", "Contact mail address", Kind = FieldKind.Email, Optional = true, Most = 254, HintZh = "补正、送达等通知发往此邮箱；不填则以纸质送达")] string? ContactEmail,
    [Field("来件渠道", "Channel", Kind = FieldKind.Choice)] IntakeChannel Channel,
    [Field("来件时间", "Received at", HintZh = "补录时填写实际收到时间，登记时间另行记录")] DateTimeOffset ReceivedAt,
    [Field("密级", "Secrecy", Kind = FieldKind.Choice, HintZh = "涉及国家秘密的事项不得录入本系统")] SecrecyLevel Secrecy,
    [Field("内容可用邮件传送", "Contents may travel by mail", HintZh = "工作秘密默认不勾选：邮件只含编号和链接")] bool MailAllowed,
    [Field("紧急程度", "Urgency", Kind = FieldKind.Choice)] UrgencyLevel Urgency,
    [Field("涉及专业", "Specialties", Kind = FieldKind.Specialties, Optional = true)] IReadOnlyList<string>? Specialties = null,
    [Field("联合送审单位", "Co-sponsors", Kind = FieldKind.Lines, Optional = true, Most = 200)] IReadOnlyList<string>? CoSponsors = null,
    [Field("相关单位（当事人）", "Parties", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个，用于专家回避")] IReadOnlyList<string>? Parties = null,
    [Field("代理律师事务所", "Counsel", Kind = FieldKind.Lines, Optional = true, Most = 200)] IReadOnlyList<string>? Counsel = null,
    [Field("相关人员", "People concerned", Kind = FieldKind.Lines, Optional = true, Most = 60)] IReadOnlyList<string>? People = null,
    [Field("送审材料清单", "Materials", Kind = FieldKind.Lines, Optional = true, Most = 300)] IReadOnlyList<string>? Materials = null,
    [Field("拟上会日期", "Planned meeting", Optional = true)] DateOnly? PlannedMeetingOn = null,
    [Field("关联原事项编号", "Earlier matter", Optional = true, Most = 40, HintZh = "撤回后重报、办结后重新提起的，填写原收文编号")] string? LinkedNumber = null)
    : OpeningCommand, INeedsNumber, INeedsLinkedMatter
{
    public (string Code, int Year) Series(Matter? matter, StepContext at) => ("收文", ChinaTime.LocalDate(at.Now).Year);

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (!at.Actor.Is(Role.RegistryClerk) && !at.Actor.Is(Role.Sponsor))
            return Decision.Refuse("role.missing", "登记由收文员或送审单位办理。");
        if (SecrecyMarks.Find([Title, LetterNumber, .. Materials ?? []]) is { } mark)
            return Decision.Refuse("matter.state-secret", $"内容带有“{mark}”标志。涉及国家秘密的事项不得进入本系统，请转涉密渠道办理；本次内容未保存。", nameof(Title));
        if (ReceivedAt > at.Now.AddMinutes(5))
            return Decision.Refuse("matter.received-in-future", "来件时间不能晚于现在。", nameof(ReceivedAt));
        if (!string.IsNullOrWhiteSpace(LinkedNumber) && at.Linked is null)
            return Decision.Refuse("matter.link-not-found", $"没有编号为 {LinkedNumber} 的事项，请核对原收文编号。", nameof(LinkedNumber));

        var submission = new Submission(
            Title.Trim(), SponsoringUnit.Trim(), CoSponsors ?? [], LetterNumber?.Trim() ?? "", ContactName.Trim(), ContactPhone?.Trim() ?? "",
            ContactEmail?.Trim() ?? "", Channel, ReceivedAt, at.Now, PlannedMeetingOn, Parties ?? [], Counsel ?? [], People ?? [],
            Specialties ?? [], Materials ?? []);
        var link = at.Linked is { } earlier
            ? new MatterLink(earlier.Number, earlier.Ending is null ? LinkKind.Reopening : LinkKind.Resubmission)
            : null;
        return Decision.Record(
            new MatterRegistered(
                at.NewId, $"{at.Rules.Text("office.code")}-{ChinaTime.LocalDate(at.Now).Year}-{at.NextSerial:0000}", at.Route.Id, at.Route.Version,
                at.Rules.Version, Type, submission, Secrecy, Secrecy == SecrecyLevel.Open || MailAllowed, Urgency, link),
            new StageEntered(at.Route.First, at.Now));
    }
}

public sealed record MatterRegistered(
    Guid Id, string Number, string RouteId, int RouteVersion, int RulesVersion, MatterType Type, Submission Submission,
    SecrecyLevel Secrecy, bool MailAllowed, UrgencyLevel Urgency, MatterLink? Link) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Id = Id,
        Number = Number,
        RouteId = RouteId,
        RouteVersion = RouteVersion,
        RulesVersion = RulesVersion,
        Type = Type,
        Submission = Submission,
        Secrecy = Secrecy,
        MailAllowed = MailAllowed,
        Urgency = Urgency,
        Link = Link,
    };
}

/// <summary>Finds a state-secret mark such as 机密★10年; a sentence that only speaks of secrecy has no star.</summary>
public static partial class SecrecyMarks
{
    public static string? Find(IEnumerable<string?> texts) =>
        texts.Select(t => t is null ? null : Mark().Match(t)).FirstOrDefault(m => m is { Success: true })?.Value;

    [GeneratedRegex(@"(绝密|机密|秘密)\s*[★☆＊*]\s*(\d+\s*年|长期)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
