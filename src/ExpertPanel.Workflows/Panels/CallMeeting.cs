using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Panels;

/// <summary>召开论证会: time, place, agenda; the panel's experts are told by letter.</summary>
[Called("召开论证会", "Call a meeting")]
public sealed record CallMeeting(
    [Field("时间", "Starts")] DateTimeOffset Starts,
    [Field("地点", "Place", Most = 200)] string Place,
    [Field("议题", "Agenda", Kind = FieldKind.LongText, Most = 4000)] string Agenda,
    [Field("参加专家", "Experts", Kind = FieldKind.Lines, Most = 60, HintZh = "每行一人")] IReadOnlyList<string> Participants) : MatterCommand
{
    public override bool AlreadyDone(Matter matter, Actor actor) => matter.Meeting is { Minutes: null } m && m.Starts == Starts && m.Place == Place;

    public override Decision Decide(Matter matter, StepContext at)
    {
        if (Starts <= at.Now) return Decision.Refuse("meeting.in-past", "会议时间应在现在之后。", nameof(Starts));
        var letters = (matter.Panel?.Invitations ?? []).Where(i => Participants.Contains(i.ExpertName) && i.State != InvitationState.Recused)
            .DistinctBy(i => i.ExpertId)
            .Select(i => Letters.ToExpert(LetterKinds.MeetingNotice, i,
                ("starts", ChinaTime.Minute(Starts)), ("place", Place), ("agenda", Agenda)));
        return Decision.Record(new MeetingCalled(new(Starts, Place, Agenda, Participants, at.Now, null)), Leave(matter, at))
            .Send([.. letters, .. Invitations.Withdraw(matter, "改为召开论证会", i => !Participants.Contains(i.ExpertName))]);
    }
}

public sealed record MeetingCalled(Meeting Meeting) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with
    {
        Meeting = Meeting,
        Panel = matter.Panel is { } panel ? panel.WithdrawOpen("改为召开论证会") with { ClosedAt = panel.ClosedAt ?? Meeting.CalledAt } : null,
    };
}

/// <summary>论证会纪要: who was there, each view, the vote, the opinion, and the dissent. An odd number votes, at least the committee's minimum.</summary>
[Called("记录会议纪要", "Record the minutes")]
public sealed record RecordMinutes(
    [Field("主持人", "Chair", Most = 60)] string Chair,
    [Field("出席专家", "Attended", Kind = FieldKind.Lines, Most = 60)] IReadOnlyList<string> Attended,
    [Field("各方意见", "Views", Kind = FieldKind.LongText, Most = 20_000)] string Views,
    [Field("赞成", "For")] int For,
    [Field("反对", "Against")] int Against,
    [Field("弃权", "Abstain")] int Abstain,
    [Field("论证意见", "Opinion", Kind = FieldKind.LongText, Most = 20_000)] string Opinion,
    [Field("请假", "Absent", Kind = FieldKind.Lines, Optional = true, Most = 60)] IReadOnlyList<string>? Absent = null,
    [Field("列席", "Observers", Kind = FieldKind.Lines, Optional = true, Most = 60)] IReadOnlyList<string>? Observers = null,
    [Field("不同意见", "Dissent", Kind = FieldKind.LongText, Optional = true)] string? Dissent = null) : MatterCommand
{
    public override Decision Decide(Matter matter, StepContext at)
    {
        if (matter.Meeting is not { } meeting) return Decision.Refuse("meeting.none", "尚未召开论证会。");
        if (Attended.Distinct().Count() != Attended.Count) return Decision.Refuse("meeting.twice", "出席专家有重复。", nameof(Attended));
        if (Attended.Count < at.Rules.MeetingMinimum) return Decision.Refuse("meeting.quorum", $"出席专家不足 {at.Rules.MeetingMinimum} 人。", nameof(Attended));
        if (at.Rules.MeetingOdd && Attended.Count % 2 == 0) return Decision.Refuse("meeting.even", "出席专家应为单数。", nameof(Attended));
        if (For < 0 || Against < 0 || Abstain < 0 || For + Against + Abstain != Attended.Count)
            return Decision.Refuse("meeting.votes", $"赞成、反对、弃权之和应等于出席人数（{Attended.Count}）。", nameof(For));
        if (Against > 0 && string.IsNullOrWhiteSpace(Dissent)) return Decision.Refuse("meeting.dissent-missing", "有反对票的，应当记录不同意见。", nameof(Dissent));
        return Decision.Record(new MinutesRecorded(meeting with
        {
            Minutes = new(Chair, Attended, Absent ?? [], Observers ?? [], Views, For, Against, Abstain, Opinion, Dissent, at.Actor.Person, at.Now),
        }), Leave(matter, at));
    }
}

public sealed record MinutesRecorded(Meeting Meeting) : MatterEvent
{
    public override Matter Apply(Matter matter) => matter with { Meeting = Meeting };
}
