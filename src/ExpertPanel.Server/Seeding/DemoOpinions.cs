using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Seeding;

/// <summary>What made-up experts answer: one declines, one recuses, one says nothing, one dissents, where the plan says so.</summary>
internal static class DemoOpinions
{
    private const string Text = "示例：经研究，送审事项的权限、程序和内容见所附意见。";

    /// <summary>One answer of one expert, acceptances before opinions; the secretariat's close once all have answered; null while somebody keeps silent.</summary>
    public static DemoAct? Next(DemoJourney way, Panel? panel, DemoStaff staff)
    {
        if (panel is null) return null;
        foreach (var (invitation, number) in panel.Invitations.Select((i, n) => (i, n)).Where(x => x.i.IsOpen).OrderBy(x => x.i.State))
        {
            if (number == 1 && way.Plan.Has("silent")) continue;
            if (number == 0 && way.Plan.Has("declines")) return new(new DeclineInvitation(invitation.Id, "示例：近期出差。"), DemoStaff.Expert(invitation));
            if (number == 0 && way.Plan.Has("recuses"))
                return new(new RecuseExpert(invitation.Id, RecusalGround.EmployerIsParty, "示例：所在单位与事项有关。"), DemoStaff.Expert(invitation));
            return new(invitation.State == InvitationState.Invited ? new AcceptInvitation(invitation.Id, Pledge: true) : Opinion(way, panel, invitation), DemoStaff.Expert(invitation));
        }

        return panel.AllAnswered ? new(new CloseRound(), staff.Secretariat) : null;
    }

    private static SubmitOpinion Opinion(DemoJourney way, Panel panel, Invitation invitation)
    {
        var dissents = way.Plan.Has("dissent") && panel.ValidOpinions == 0;
        var stand = dissents || way.Plan.Has("unlawful") ? OpinionStand.Unlawful : way.Plan.Has("changes") ? OpinionStand.LawfulWithChanges : OpinionStand.Lawful;
        return new(invitation.Id, stand, dissents ? "示例：我认为缺乏上位法依据，应当记录不同意见。" : Text, "示例：建议明确退出机制。", dissents, OpinionChannel.Web);
    }
}
