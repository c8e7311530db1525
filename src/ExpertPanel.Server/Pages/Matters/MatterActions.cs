using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>Something this person can do to the matter now.</summary>
/// <param name="Overlay">Possible in many stages; shown under 其他操作.</param>
/// <param name="AtOnce">Asks nothing: a button does it.</param>
public sealed record MatterAction(string Command, bool Overlay, bool AtOnce)
{
    public string Url(string matterUrl) => Command switch
    {
        "attachFile" => $"{matterUrl}/attach",
        // The program makes the value that a person commits to, and the browser keeps it.
        "commitShare" or "revealShare" => $"{matterUrl}/draw",
        _ => $"{matterUrl}/do/{Command}",
    };
}

/// <summary>Which commands a page offers: the route's for the stage and the person's roles, less those that would say no or nothing.</summary>
public static class MatterActions
{
    /// <summary>Commands about one invitation; they stand beside it.</summary>
    private static readonly HashSet<string> OnInvitation = new(StringComparer.Ordinal)
    {
        "declineInvitation", "recuseExpert", "submitOpinion", "strikeOpinion", "remindInvitation", "bounceInvitation",
    };

    /// <summary>The expert's own pledge, what only timers ask, and what has a page of its own.</summary>
    private static readonly HashSet<string> Never = new(StringComparer.Ordinal)
    {
        "acceptInvitation", "lapseInvitation", "lapseSupplement", "warnDeadline", "remindFeedback", "decideConflict", "referNearMatches",
    };

    public static bool IsOffered(string command) =>
        MatterCommands.Commands.TryGetValue(command, out var type) && !type.IsAssignableTo(typeof(OpeningCommand)) && !Never.Contains(command);

    public static bool IsOnInvitation(string command) => OnInvitation.Contains(command);

    /// <summary>The roles that may run the command where the matter stands; null where nobody may.</summary>
    public static IReadOnlyList<Role>? By(OpenMatter open, string command)
    {
        var (stage, matter) = (open.Route.Stage(open.Matter.Stage), open.Matter);
        var overlay = open.Route.Anytime.FirstOrDefault(o => o.Run == command && o.In(matter.Stage));
        if (matter.Suspension is not null && overlay is not { WhileSuspended: true }) return null;
        return stage.Commands.FirstOrDefault(c => c.Run == command)?.By ?? overlay?.By;
    }

    public static IReadOnlyList<MatterAction> Of(OpenMatter open) =>
    [
        .. open.Route.Allowed(open.Matter.Stage).Select(a => a.Run).Distinct().Where(run => IsOffered(run) && !IsOnInvitation(run) && Can(open, run))
            .Select(run => new MatterAction(run, open.Route.Stage(open.Matter.Stage).Commands.All(c => c.Run != run), AsksNothing(run))),
    ];

    /// <summary>What this person can do about one invitation.</summary>
    public static IReadOnlyList<string> Of(OpenMatter open, Invitation invitation) =>
    [
        .. open.Route.Allowed(open.Matter.Stage).Select(a => a.Run).Where(IsOnInvitation).Where(run => Can(open, run) && run switch
        {
            "declineInvitation" => invitation.IsOpen,
            "remindInvitation" => invitation.IsOpen,
            "bounceInvitation" => invitation.State == InvitationState.Invited,
            "recuseExpert" => invitation.IsOpen || invitation.State == InvitationState.Submitted,
            "submitOpinion" => open.Matter.Panel?.ClosedAt is null && (invitation.IsOpen || invitation.State == InvitationState.Submitted),
            _ => invitation.Counted is not null,
        }),
    ];

    private static bool Can(OpenMatter open, string run) =>
        By(open, run) is { } by && open.Me.Roles.Overlaps(by) && Makes(open.Matter, run, open.Me, open.Now);

    private static bool AsksNothing(string run) => CommandField.Of(MatterCommands.Commands[run]).Count == 0 && CommandForm.HiddenIds(MatterCommands.Commands[run]).Count == 0;

    /// <summary>Whether the command would make a difference now; the rule itself decides when it is run.</summary>
    private static bool Makes(Matter m, string run, SignedIn me, DateTimeOffset now) => run switch
    {
        "resumeMatter" => m.Suspension is not null,
        "suspendMatter" => m.Suspension is null,
        "requestExtension" => m.ReviewDeadline is { CanExtend: true } && m.Extension is not { Approved: null },
        "decideExtension" => m.Extension is { Approved: null } asked && asked.By.Id != me.Id,
        "replyToSupervision" => m.Slips.Any(s => s.RepliedAt is null),
        "recordConsultationReply" => m.Consultations.Any(c => c.RepliedAt is null),
        "deliverOpinion" => m.Delivery is null,
        "voidNumber" => m.Delivery is null,
        "commitShare" => m.Panel?.Beacon?.OpenSideFor(me.Own) is not null,
        "revealShare" => m.Panel?.Beacon is { BothCommitted: true } beacon && beacon.ShareOf(me.Id) is { Value: null },
        "enterBeacon" => m.Panel?.Beacon is { Value: null, Named.Kind: not BeaconKind.TwoPerson } beacon && beacon.Named.KnownFrom <= now,
        "drawPanel" => m.Panel?.Beacon?.Value is not null,
        "cancelDraw" => m.Panel?.Beacon?.IsPartKnown(now) != true,
        "requestRedraw" => m.Panel is { Redraw: null } panel && (panel.Beacon is null || panel.Beacon.IsPartKnown(now)),
        "decideRedraw" => m.Panel?.Redraw is { } asked && asked.By.Id != me.Id,
        "submitDraft" => m.Draft is not null,
        "recordFindings" or "draftWithoutExperts" => IsHandler(m, me),
        "saveDraft" => IsHandler(m, me) || m.Responsibility?.CoHandlers.Any(c => c.Id == me.Id) == true,
        "countersign" => m.Countersignatures.Any(c => c.By is null && (c.Division == me.Own.Division || me.Delegations.Any(d => d.Division == c.Division))),
        _ => true,
    };

    private static bool IsHandler(Matter m, SignedIn me) => m.Responsibility?.Handler.Id is { } handler && me.Desks.Contains(handler);
}
