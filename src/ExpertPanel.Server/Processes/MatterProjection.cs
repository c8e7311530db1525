using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Processes;

/// <summary>Writes the columns that lists and searches need from the matter's state.</summary>
internal static class MatterProjection
{
    private static readonly string DecideConflict = MatterCommands.NameOf(typeof(DecideConflict));

    public static void Project(MatterRow row, Matter matter, Route route)
    {
        var stage = route.Stage(matter.Stage);
        row.Number = matter.Number;
        row.Title = matter.Title;
        row.Type = matter.Type.ToString();
        row.Stage = matter.Stage;
        row.StageSince = matter.StageSince;
        var acts = stage.Ends ? null : Acts(matter, stage);
        row.WaitingFor = acts?.ToString();
        row.WaitingForPerson = PersonOn(matter, acts);
        row.SponsoringUnit = matter.Submission.SponsoringUnit;
        row.LetterNumber = matter.Submission.LetterNumber;
        row.Secrecy = matter.Secrecy.ToString();
        row.Urgency = matter.Urgency.ToString();
        row.Suspended = matter.Suspension is not null;
        row.ReceivedAt = matter.Submission.ReceivedAt;
        row.RegisteredAt = matter.Submission.RegisteredAt;
        row.AcceptedAt = matter.AcceptedAt;
        row.Division = matter.Responsibility?.Division;
        row.LeaderId = matter.Responsibility?.Leader.Id;
        row.LeaderName = matter.Responsibility?.Leader.Name;
        row.HandlerId = matter.Responsibility?.Handler.Id;
        row.HandlerName = matter.Responsibility?.Handler.Name;
        row.CountersignDivisions = Lines([.. matter.Countersignatures.Where(c => c.By is null).Select(c => c.Division)]);
        row.ConflictRoles = matter.WaitingNearMatches.Any() ? Lines([.. stage.Commands.Where(c => c.Run == DecideConflict).SelectMany(c => c.By).Select(r => r.ToString())]) : null;
        row.ReviewDue = matter.ReviewDeadline?.Due;
        row.StageDue = matter.StageDeadline?.Due;
        row.ReviewHalfWay = matter.ReviewDeadline?.HalfWay;
        row.StageHalfWay = matter.StageDeadline?.HalfWay;
        row.ReviewPausedOn = matter.ReviewDeadline?.PausedOn;
        row.StagePausedOn = matter.StageDeadline?.PausedOn;
        row.ReviewMetAt = matter.ReviewDeadline?.MetAt;
        row.ExpertsAsked = matter.Panel?.Invitations.Count ?? 0;
        row.OpinionsIn = matter.Panel?.ValidOpinions ?? 0;
        row.HadMeeting = matter.Meeting?.Minutes is not null;
        row.Conclusion = matter.Draft?.Conclusion.ToString();
        row.DocumentNumber = matter.Issue?.Number;
        row.SignerName = matter.SignOff?.By.Name;
        row.IssuedOn = matter.Issue?.On;
        row.Adoption = matter.Feedback?.Overall.ToString();
        row.ClosedAt = matter.ClosedAt;
        row.Ending = matter.Ending?.Kind.ToString();
        row.ArchiveNumber = matter.Archive?.Number;
        row.LinkedNumber = matter.Link?.Number;
        row.OpenSlips = matter.Slips.Count(s => s.RepliedAt is null);
    }

    /// <summary>Whoever the draw waits for, where it waits for somebody; else whom the route names.</summary>
    private static Role? Acts(Matter matter, ExpertPanel.Workflows.Routes.RouteStage stage) =>
        matter.Panel?.Awaited is { } awaited && stage.Commands.Any(c => c.Run == awaited.Command && c.By.Contains(awaited.Role)) ? awaited.Role : stage.Acts;

    /// <summary>Where one person is named for what comes next, only that person has it on the desk.</summary>
    private static string? PersonOn(Matter matter, Role? acts) => acts switch
    {
        Role.CaseHandler => matter.Responsibility?.Handler.Id,
        Role.Leader => matter.Responsibility?.Leader.Id,
        _ => null,
    };

    private static string? Lines(IReadOnlyList<string> texts) => texts.Count == 0 ? null : "\n" + string.Join('\n', texts) + "\n";

    public static void Project(InvitationRow row, Matter matter, Invitation invitation)
    {
        row.MatterId = matter.Id;
        row.ExpertId = invitation.ExpertId;
        row.Seat = invitation.Seat;
        row.State = invitation.State.ToString();
        row.InvitedAt = invitation.InvitedAt ?? default;
        row.AnswerBy = invitation.AnswerBy;
        row.Due = invitation.Due;
        row.AnsweredAt = invitation.AnsweredAt;
        row.Contradicts = invitation.Contradiction is not null;
        row.SubmittedAt = invitation.Opinions.Count > 0 ? invitation.Opinions[^1].At : null;
    }
}
