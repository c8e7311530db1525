using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>What a form already knows when it is opened: nobody types anew what the matter says.</summary>
public static class CommandPrefill
{
    /// <summary>A registration by the office's clerk or, with its unit given, by the sponsor itself.</summary>
    public static FormInput Registration(DateTimeOffset now, string? sponsoringUnit) => FormInput.Of(new Dictionary<string, object?>
    {
        [nameof(RegisterMatter.ReceivedAt)] = now,
        [nameof(RegisterMatter.Channel)] = sponsoringUnit is null ? IntakeChannel.Paper : IntakeChannel.Web,
        [nameof(RegisterMatter.Secrecy)] = SecrecyLevel.WorkSecret,
        [nameof(RegisterMatter.Urgency)] = UrgencyLevel.Normal,
        [nameof(RegisterMatter.SponsoringUnit)] = sponsoringUnit,
    });

    public static FormInput For(string command, Matter matter, CommitteeRules rules, WorkingCalendar calendar, Actor actor, DateTimeOffset now) =>
        FormInput.Of(Known(command, matter, rules, calendar, actor, now));

    private static Dictionary<string, object?> Known(string command, Matter m, CommitteeRules rules, WorkingCalendar calendar, Actor actor, DateTimeOffset now) => command switch
    {
        "saveDraft" => DraftPrefill.Of(m, rules),
        "summariseOpinions" => new() { [nameof(SummariseOpinions.Text)] = OpinionList.Of(m) },
        "prepareDraw" => new()
        {
            [nameof(PrepareDraw.Seats)] = SeatProposal.For(m, rules).Seats,
            [nameof(PrepareDraw.Questions)] = m.Findings?.Questions,
            [nameof(PrepareDraw.Beacon)] = rules.Beacons[0],
        },
        "recordFeedback" => Feedback(m),
        "recordFindings" when m.Findings is { } f => new()
        {
            [nameof(RecordFindings.Competence)] = f.Competence,
            [nameof(RecordFindings.Procedure)] = f.Procedure,
            [nameof(RecordFindings.Content)] = f.Content,
            [nameof(RecordFindings.Questions)] = f.Questions,
        },
        "recordPreCheck" when m.PreCheck is { } c => new()
        {
            [nameof(RecordPreCheck.WithinCompetence)] = c.WithinCompetence,
            [nameof(RecordPreCheck.RoutedProperly)] = c.RoutedProperly,
            [nameof(RecordPreCheck.FormatComplete)] = c.FormatComplete,
            [nameof(RecordPreCheck.AffectedUnitsCosigned)] = c.AffectedUnitsCosigned,
            [nameof(RecordPreCheck.Note)] = c.Note,
        },
        "assignMatter" => new() { [nameof(AssignMatter.Division)] = actor.Division },
        "reassignMatter" => new() { [nameof(ReassignMatter.Division)] = m.Responsibility?.Division },
        "callMeeting" => new()
        {
            [nameof(CallMeeting.Agenda)] = m.Panel?.Questions ?? m.Findings?.Questions,
            [nameof(CallMeeting.Participants)] = PanelNames(m),
        },
        "recordMinutes" => new() { [nameof(RecordMinutes.Attended)] = m.Meeting?.Participants },
        "recordConsultationReply" => new() { [nameof(RecordConsultationReply.Unit)] = m.Consultations.LastOrDefault(c => c.RepliedAt is null)?.Unit },
        "confirmDelivery" => new() { [nameof(ConfirmDelivery.ReceivedBy)] = m.Submission.ContactName },
        "recordInstruction" => new()
        {
            [nameof(RecordInstruction.By)] = actor.Is(Role.Leader) ? actor.Name : m.Responsibility?.Leader.Name,
            [nameof(RecordInstruction.OccurredOn)] = ChinaTime.LocalDate(now),
        },
        "superviseMatter" => new() { [nameof(SuperviseMatter.ReplyBy)] = calendar.AddWorkingDays(ChinaTime.LocalDate(now), 3) },
        "submitOpinion" => new() { [nameof(SubmitOpinion.Channel)] = OpinionChannel.Paper },
        "setMailAllowed" => new() { [nameof(SetMailAllowed.Allowed)] = m.MailAllowed },
        "expediteMatter" => new() { [nameof(ExpediteMatter.Level)] = UrgencyLevel.Urgent },
        "registerCorrection" => new() { [nameof(RegisterCorrection.LinkedNumber)] = m.Number, [nameof(RegisterCorrection.Kind)] = LinkKind.Correction },
        _ => [],
    };

    /// <summary>One row for each suggestion of the opinion; whether it was adopted is the sponsor's to say.</summary>
    private static Dictionary<string, object?> Feedback(Matter matter)
    {
        var suggestions = matter.Draft?.Suggestions ?? [];
        return suggestions.Select((text, index) => (Path: FormattableString.Invariant($"{nameof(RecordFeedback.Items)}[{index}].{nameof(AdoptionItem.Suggestion)}"), text))
            .ToDictionary(row => row.Path, row => (object?)row.text);
    }

    private static List<string> PanelNames(Matter matter) =>
    [
        .. (matter.Panel?.Invitations ?? []).Where(i => i.State is InvitationState.Invited or InvitationState.Accepted or InvitationState.Submitted or InvitationState.Seated or InvitationState.Withdrawn)
            .Select(i => i.ExpertName).Distinct(),
    ];
}
