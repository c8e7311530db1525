using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Panels;

public sealed class MeetingTests
{
    private static readonly string[] Five = ["示例专家001", "示例专家002", "示例专家003", "示例专家004", "示例专家005"];

    private readonly Walk walk = WalkStages.At("expertConsulting");

    private CallMeeting Call => new(Beijing(2014, 10, 9, 15), "第一会议室", "特许经营期限", [walk.Invitations[0].ExpertName, .. Five.Take(4)]);

    internal static RecordMinutes Minutes { get; } = new("主任丁", Five, "各方意见摘要", 4, 0, 1, "原则合法", Absent: ["示例专家006"], Observers: ["示例省环保厅"]);

    [Fact]
    public void A_meeting_closes_the_round_and_everyone_open_is_told_one_thing_or_the_other()
    {
        walk.Must(Call, People.Secretariat);

        Assert.Equal("arguing", walk.Matter.Stage);
        Assert.All(walk.Invitations, i => Assert.Equal(InvitationState.Withdrawn, i.State));
        Assert.NotNull(walk.Panel.ClosedAt);
        var told = walk.Letters.Where(l => l.Kind is LetterKinds.MeetingNotice or LetterKinds.InvitationWithdrawn).ToList();
        Assert.Equal(walk.Invitations.Select(i => i.Id).Order(), told.Select(l => l.InvitationId ?? default).Order());
        Assert.Equal("2014-10-09 15:00", told.Single(l => l.InvitationId == walk.Invitations[0].Id).Facts["starts"]);
        walk.MustIgnore(Call, People.Secretariat);
    }

    [Fact]
    public void A_meeting_lies_ahead() =>
        walk.MustRefuse("meeting.in-past", Call with { Starts = walk.Now }, People.Secretariat, nameof(CallMeeting.Starts));

    [Fact]
    public void A_meeting_can_be_called_straight_from_the_review_and_moved()
    {
        var early = WalkStages.At("underReview");
        early.Must(Call, People.Secretariat);
        early.Must(Call with { Place = "第二会议室" }, People.Secretariat);
        Assert.Equal(("arguing", "第二会议室"), (early.Matter.Stage, early.Matter.Meeting?.Place));
        Assert.Null(early.Matter.Panel);
    }

    [Fact]
    public void The_minutes_keep_who_was_there_each_view_the_vote_and_the_opinion()
    {
        walk.Must(Call, People.Secretariat);
        walk.Must(Minutes, People.Secretariat);

        var kept = walk.Matter.Meeting?.Minutes;
        Assert.Equal("summarising", walk.Matter.Stage);
        Assert.Equal((4, 0, 1, "原则合法", "各方意见摘要"), (kept?.For, kept?.Against, kept?.Abstain, kept?.Opinion, kept?.Views));
        Assert.Equal(["示例专家006"], kept?.Absent);
        Assert.Equal(["示例省环保厅"], kept?.Observers);
    }

    [Fact]
    public void An_odd_number_of_at_least_five_attends_and_every_vote_is_counted()
    {
        walk.Must(Call, People.Secretariat);
        Refused("meeting.twice", Minutes with { Attended = [.. Five, Five[0]] }, nameof(RecordMinutes.Attended));
        Refused("meeting.quorum", Minutes with { Attended = [.. Five.Take(3)] }, nameof(RecordMinutes.Attended));
        Refused("meeting.even", Minutes with { Attended = [.. Five, "示例专家007"] }, nameof(RecordMinutes.Attended));
        Refused("meeting.votes", Minutes with { For = 5 }, nameof(RecordMinutes.For));
        Refused("meeting.votes", Minutes with { For = 6, Against = -1, Abstain = 0 }, nameof(RecordMinutes.For));

        void Refused(string code, RecordMinutes minutes, string field) => walk.MustRefuse(code, minutes, People.Secretariat, field);
    }

    [Fact]
    public void A_committee_may_allow_an_even_number()
    {
        walk.Must(Call, People.Secretariat);
        walk.Rules = SeedRules with { Settings = [.. SeedRules.Settings.Select(s => s.Key == "meeting.odd" ? s with { Value = "false" } : s)] };
        Assert.Equal("summarising", walk.Must(Minutes with { Attended = [.. Five, "示例专家007"], For = 5 }, People.Secretariat).Stage);
    }

    [Fact]
    public void A_vote_against_is_recorded_with_its_dissent_and_the_summary_can_not_leave_it_out()
    {
        walk.Must(Call, People.Secretariat);
        walk.MustRefuse("meeting.dissent-missing", Minutes with { For = 3, Against = 1 }, People.Secretariat, nameof(RecordMinutes.Dissent));
        walk.Must(Minutes with { For = 3, Against = 1, Dissent = "期限过长" }, People.Secretariat);
        walk.Must(new SummariseOpinions("与会专家一致同意。"), People.Handler);
        Assert.Equal(["论证会：期限过长"], walk.Matter.Summary?.Dissents);
    }
}
