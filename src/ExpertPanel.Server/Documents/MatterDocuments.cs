using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Documents;

/// <summary>A document made from a matter as it stands.</summary>
public sealed record MatterDocument(string FileName, byte[] Content)
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}

/// <summary>Which documents a matter has, by the last part of their address, and how each is made.</summary>
public static class MatterDocuments
{
    public const string Opinion = "opinion";
    public const string Consultation = "consultation";
    public const string Supplement = "supplement";
    public const string Decline = "decline";
    public const string DispatchSheet = "dispatch-sheet";
    public const string Minutes = "minutes";

    private static readonly DocumentFonts Fonts = new();

    /// <summary>The kinds that there is something to print for.</summary>
    public static IReadOnlyList<string> Of(Matter matter) =>
    [
        .. matter.Draft is null ? Array.Empty<string>() : [Opinion, DispatchSheet],
        .. matter.Panel is { Invitations: { Count: > 0 } invitations } && invitations.Any(i => i.InvitedAt is not null) ? [Consultation] : Array.Empty<string>(),
        .. matter.Supplements.Count > 0 ? [Supplement] : Array.Empty<string>(),
        .. matter.Ending?.Kind == EndingKind.Declined ? [Decline] : Array.Empty<string>(),
        .. matter.Meeting?.Minutes is not null ? [Minutes] : Array.Empty<string>(),
    ];

    /// <summary>The document, or null where the matter has none of the kind.</summary>
    /// <param name="invitationId">Whose consultation letter; the first invitation's without one.</param>
    public static MatterDocument? Write(string kind, Matter matter, CommitteeRules rules, Guid? invitationId = null) => kind switch
    {
        Opinion when OpinionMapping.Opinion(matter, rules) is { } opinion => Named(matter, "合法性审查意见书", ReviewOpinionDocx.Write(opinion, Fonts)),
        DispatchSheet when OpinionMapping.DispatchSheet(matter, rules) is { } sheet => Named(matter, "发文稿纸", DispatchSheetDocx.Write(sheet, Fonts)),
        Consultation when LetterMapping.Consultation(matter, rules, invitationId) is { } letter => Named(matter, "专家咨询函", ConsultationLetterDocx.Write(letter, Fonts)),
        Supplement when LetterMapping.Supplement(matter, rules) is { } notice => Named(matter, "补正通知", SupplementNoticeDocx.Write(notice, Fonts)),
        Decline when LetterMapping.Decline(matter, rules) is { } notice => Named(matter, "不予受理通知", DeclineNoticeDocx.Write(notice, Fonts)),
        Minutes when LetterMapping.Minutes(matter, rules) is { } minutes => Named(matter, "论证会纪要", MeetingMinutesDocx.Write(minutes, Fonts)),
        _ => null,
    };

    private static MatterDocument Named(Matter matter, string name, byte[] content) =>
        new($"{(matter.Issue is { } issue && name == "合法性审查意见书" ? issue.Number : matter.Number)}{name}.docx", content);
}
