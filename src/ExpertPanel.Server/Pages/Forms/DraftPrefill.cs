using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>The first draft of an opinion as the file already tells it; a later draft starts from the one before.</summary>
internal static class DraftPrefill
{
    public static Dictionary<string, object?> Of(Matter matter, CommitteeRules rules) => matter.Draft is { } draft ? From(draft) : new()
    {
        [nameof(SaveDraft.PrimaryRecipient)] = matter.Submission.SponsoringUnit,
        [nameof(SaveDraft.Cc)] = matter.Submission.CoSponsors,
        [nameof(SaveDraft.Circumstances)] = Circumstances(matter),
        [nameof(SaveDraft.Bases)] = Bases(matter),
        [nameof(SaveDraft.Competence)] = matter.Findings?.Competence,
        [nameof(SaveDraft.Procedure)] = matter.Findings?.Procedure,
        [nameof(SaveDraft.Content)] = matter.Findings?.Content,
        [nameof(SaveDraft.Suggestions)] = Suggestions(matter),
        [nameof(SaveDraft.Contact)] = rules.OfficeContact,
    };

    private static Dictionary<string, object?> From(ReviewDraft draft) => new()
    {
        [nameof(SaveDraft.PrimaryRecipient)] = draft.PrimaryRecipient,
        [nameof(SaveDraft.Cc)] = draft.Cc,
        [nameof(SaveDraft.Circumstances)] = draft.Circumstances,
        [nameof(SaveDraft.Bases)] = draft.Bases,
        [nameof(SaveDraft.Competence)] = draft.Competence,
        [nameof(SaveDraft.Procedure)] = draft.Procedure,
        [nameof(SaveDraft.Content)] = draft.Content,
        [nameof(SaveDraft.Conclusion)] = draft.Conclusion,
        [nameof(SaveDraft.Problems)] = draft.Problems,
        [nameof(SaveDraft.Suggestions)] = draft.Suggestions,
        [nameof(SaveDraft.Risks)] = draft.Risks,
        [nameof(SaveDraft.WhyOtherThanExperts)] = draft.WhyOtherThanExperts,
        [nameof(SaveDraft.Contact)] = draft.Contact,
    };

    private static string Circumstances(Matter matter)
    {
        var s = matter.Submission;
        var letter = s.LetterNumber.Length > 0 ? $"（{s.LetterNumber}）" : "";
        var text = $"{DocumentText.Date(ChinaTime.LocalDate(s.ReceivedAt))}，收到{s.SponsoringUnit}报送的“{s.Title}”{letter}。";
        var supplied = matter.Supplements.Where(x => x.SuppliedAt is not null)
            .Select(x => $"{DocumentText.Date(ChinaTime.LocalDate(x.AskedAt))}通知补正，{DocumentText.Date(ChinaTime.LocalDate(x.SuppliedAt ?? x.AskedAt))}收到补正材料。");
        var accepted = matter.AcceptedAt is { } at ? $"{DocumentText.Date(ChinaTime.LocalDate(at))}受理。" : "";
        var materials = s.Materials.Count > 0 ? $"送审材料：{string.Join("、", s.Materials)}。" : "";
        return string.Join('\n', new[] { text + string.Concat(supplied) + accepted, materials }.Where(t => t.Length > 0));
    }

    /// <summary>Files handed in as bases, and what of the list of materials is a law or rule by its name.</summary>
    private static List<string> Bases(Matter matter) =>
    [
        .. matter.Files.Where(f => f.Kind == FileKind.Basis).Select(f => Path.GetFileNameWithoutExtension(f.Name))
            .Concat(matter.Submission.Materials.Where(m => m.Contains('《', StringComparison.Ordinal))).Distinct(),
    ];

    private static List<string> Suggestions(Matter matter) =>
    [
        .. (matter.Panel?.Invitations ?? []).Select(i => i.Counted?.Suggestions).OfType<string>().SelectMany(t => FieldText.Lines([t])).Distinct(),
    ];
}
