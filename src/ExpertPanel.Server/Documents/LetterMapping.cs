using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Documents;

/// <summary>The letters and minutes around an opinion as the matter's state tells them.</summary>
public static class LetterMapping
{
    public static ConsultationLetterDocument? Consultation(Matter matter, CommitteeRules rules, Guid? invitationId)
    {
        var invited = (matter.Panel?.Invitations ?? []).Where(i => i.InvitedAt is not null);
        if (matter.Panel is not { } panel || invited.FirstOrDefault(i => invitationId is null || i.Id == invitationId) is not { } invitation) return null;
        return new()
        {
            Frame = Frame(matter, rules, $"{About(matter)}征求法律意见的函", $"{invitation.ExpertName}专家") with
            {
                IssuedOn = ChinaTime.LocalDate(invitation.InvitedAt ?? default),
            },
            MatterNumber = matter.Number,
            MatterTitle = matter.Title,
            Background = $"送审单位：{matter.Submission.SponsoringUnit}。",
            Questions = DocumentText.Paragraphs(panel.Questions),
            Materials = matter.Files.Count > 0 ? [.. matter.Files.Where(f => f.Kind is not FileKind.ExpertOpinion and not FileKind.Minutes).Select(f => f.Name)] : matter.Submission.Materials,
            DueAt = ChinaTime.EndOfDay(invitation.Due).AddMinutes(-1),
            HowToReply = "可以通过邀请邮件中的链接在线提交，也可以直接回复该邮件，或者寄送签名的书面意见。",
        };
    }

    public static SupplementNoticeDocument? Supplement(Matter matter, CommitteeRules rules) => matter.Supplements is not [.., { } last] ? null : new()
    {
        Frame = Frame(matter, rules, $"{About(matter)}补正送审材料的通知", matter.Submission.SponsoringUnit) with { IssuedOn = ChinaTime.LocalDate(last.AskedAt) },
        MatterNumber = matter.Number,
        MatterTitle = matter.Title,
        ReceivedOn = ChinaTime.LocalDate(matter.Submission.ReceivedAt),
        Missing = [.. last.Items.Select(item => new MissingItem(item, null, null))],
        DueOn = last.Due,
        Consequence = "逾期未补正的，视为撤回送审；撤回后可以重新送审。",
    };

    public static DeclineNoticeDocument? Decline(Matter matter, CommitteeRules rules) => matter.Ending is not { Kind: EndingKind.Declined } ending ? null : new()
    {
        Frame = Frame(matter, rules, $"{About(matter)}不予受理的通知", matter.Submission.SponsoringUnit) with { IssuedOn = ChinaTime.LocalDate(ending.At) },
        MatterNumber = matter.Number,
        MatterTitle = matter.Title,
        ReceivedOn = ChinaTime.LocalDate(matter.Submission.ReceivedAt),
        Reason = ReasonLabel(ending.Reason),
        Basis = ending.Text,
        ProperBody = ending.ProperBody,
    };

    public static MeetingMinutesDocument? Minutes(Matter matter, CommitteeRules rules) => matter.Meeting is not { Minutes: { } minutes } meeting ? null : new()
    {
        Office = rules.OfficeName,
        Mark = "法律专家论证会纪要",
        Title = matter.Title,
        MatterNumber = matter.Number,
        HeldAt = meeting.Starts,
        Place = meeting.Place,
        Chair = minutes.Chair,
        Subject = meeting.Agenda,
        Present = minutes.Attended,
        Excused = minutes.Absent,
        Observers = minutes.Observers,
        Views = [new("各方意见", minutes.Views)],
        Vote = new(minutes.For, minutes.Against, minutes.Abstain),
        Conclusion = minutes.Opinion,
        Dissents = minutes.Dissent is { Length: > 0 } dissent ? [new("不同意见", dissent)] : [],
        IssuedOn = ChinaTime.LocalDate(minutes.At),
        Secrecy = Secrecy(matter),
    };

    public static LetterFrame Frame(Matter matter, CommitteeRules rules, string title, string recipient) => new()
    {
        Office = rules.OfficeName,
        Title = title,
        PrimaryRecipient = recipient,
        Secrecy = Secrecy(matter),
        Urgency = Urgency(matter),
        Contact = Contact(rules.OfficeContact),
    };

    /// <summary>关于…: most titles of submissions begin so themselves.</summary>
    public static string About(Matter matter) => matter.Title.StartsWith("关于", StringComparison.Ordinal) ? matter.Title : $"关于“{matter.Title}”";

    /// <summary>The settings keep the contact in one line: the name, a comma, the telephone.</summary>
    public static ContactPerson? Contact(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return null;
        var comma = line.IndexOfAny(['，', ',']);
        return comma < 0 ? new(line.Trim(), "") : new(line[..comma].Trim(), line[(comma + 1)..].Replace("电话", "", StringComparison.Ordinal).Trim(' ', '：', ':'));
    }

    public static string? Secrecy(Matter matter) => matter.Secrecy == SecrecyLevel.WorkSecret ? "工作秘密" : null;

    public static string? Urgency(Matter matter) => matter.Urgency switch
    {
        UrgencyLevel.Urgent => "加急",
        UrgencyLevel.Critical => "特急",
        _ => null,
    };

    private static string ReasonLabel(EndingReason reason) => reason switch
    {
        EndingReason.NotOurCompetence => "不属于本机关职责范围。",
        EndingReason.NotALegalQuestion => "不属于法律问题。",
        EndingReason.ProcedureNotFollowed => "未履行规定的送审程序。",
        EndingReason.MaterialsNotSupplied => "未按要求补正材料。",
        EndingReason.DuplicateSubmission => "重复送审。",
        EndingReason.SponsorRequest => "送审单位要求撤回。",
        EndingReason.BasisDisappeared => "审查的基础已不存在。",
        _ => "其他情形。",
    };
}
