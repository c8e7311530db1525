namespace ExpertPanel.Workflows.Matters;

/// <summary>Shorthands for letters due.</summary>
internal static class Letters
{
    /// <summary>A notice to the sponsor by mail; none where the sponsor gave no address (it is then served on paper).</summary>
    public static IReadOnlyList<LetterDue> ToSponsor(string kind, Matter matter, params IReadOnlyList<(string Key, string Value)> facts) =>
        matter.Submission.ContactEmail.Length == 0
            ? []
            : [new(kind, new(matter.Submission.ContactName, Address: matter.Submission.ContactEmail), facts.ToDictionary(f => f.Key, f => f.Value))];

    public static LetterDue ToExpert(string kind, Panels.Invitation invitation, params IReadOnlyList<(string Key, string Value)> facts) =>
        new(kind, new(invitation.ExpertName, ExpertId: invitation.ExpertId), facts.ToDictionary(f => f.Key, f => f.Value)) { InvitationId = invitation.Id };
}
