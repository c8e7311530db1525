using System.Text.RegularExpressions;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Documents;

/// <summary>The review opinion and its dispatch sheet as the matter's state tells them. Documents are Chinese whatever language a reader's pages have.</summary>
public static partial class OpinionMapping
{
    public static ReviewOpinionDocument? Opinion(Matter matter, CommitteeRules rules)
    {
        if (matter.Draft is not { } draft) return null;
        return new()
        {
            Frame = LetterMapping.Frame(matter, rules, OpinionTitle(matter), draft.PrimaryRecipient) with
            {
                Number = matter.Issue?.Number,
                IssuedOn = matter.Issue?.On,
                Cc = draft.Cc,
                Contact = LetterMapping.Contact(draft.Contact),
                Upward = draft.PrimaryRecipient.EndsWith("人民政府", StringComparison.Ordinal),
                Signer = (matter.SignOff?.OnBehalfOf ?? matter.SignOff?.By)?.Name,
            },
            Opening = "你单位送审材料收悉。现将合法性审查意见函告如下：",
            Submission = draft.Circumstances,
            LegalBasis = draft.Bases,
            Authority = new(draft.Competence, []),
            Procedure = new(draft.Procedure, []),
            Content = new(draft.Content, [.. draft.Problems.Select(Problem)]),
            Suggestions = draft.Suggestions,
            Risks = draft.Risks,
            Experts = matter.Panel is { } panel && panel.Invitations.Any(i => i.InvitedAt is not null) ? Experts(matter, panel, draft) : null,
            ConclusionCode = draft.Conclusion.ToString(),
            ConclusionLabel = ConclusionLabel(draft.Conclusion),
            ConclusionNote = ConclusionNote(draft.Conclusion),
        };
    }

    public static DispatchSheetDocument? DispatchSheet(Matter matter, CommitteeRules rules)
    {
        if (matter.Draft is not { } draft) return null;
        return new()
        {
            Office = rules.OfficeName,
            Title = OpinionTitle(matter),
            Number = matter.Issue?.Number,
            PrimaryRecipient = draft.PrimaryRecipient,
            Cc = draft.Cc,
            Secrecy = LetterMapping.Secrecy(matter),
            Urgency = LetterMapping.Urgency(matter),
            Drafted = new(matter.Responsibility?.Division, draft.By.Name, Opinion: null, draft.At),
            Verified = matter.Verification is { } v ? new(null, v.By.Name, v.Comment ?? "同意", v.At) : null,
            Countersigned = [.. matter.Countersignatures.Where(c => c.By is not null).Select(c => new HandlingStep(c.Division, c.By?.Name ?? "", c.Comment ?? (c.Agrees == true ? "同意" : "不同意"), c.At))],
            SignedOff = matter.SignOff is { } s ? new(s.OnBehalfOf is { } leader ? $"受{leader.Name}委托" : null, s.By.Name, s.Instruction ?? "同意", s.At) : null,
            Sealed = matter.Issue is { } i ? new(null, i.By.Name, null, i.At) : null,
            IssuedOn = matter.Issue?.On,
        };
    }

    public static string ConclusionLabel(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.Lawful => "合法",
        ReviewConclusion.LawfulWithChanges => "修改后合法",
        ReviewConclusion.Unlawful => "不合法",
        ReviewConclusion.ExploratoryReformRiskDisclosed => "属探索性改革，已明示法律风险",
        _ => "不属于审查范围",
    };

    private static string? ConclusionNote(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.LawfulWithChanges => "请按照上述意见修改后，依照程序提请审议。未采纳的意见，请书面说明理由并反馈我办。",
        ReviewConclusion.Unlawful => "依照《重大行政决策程序暂行条例》第二十五条，经审查不合法的，不得提请审议。",
        ReviewConclusion.ExploratoryReformRiskDisclosed => "依照《重大行政决策程序暂行条例》第二十五条，国家尚无明确规定的探索性改革事项，可以明示法律风险，提请审议。",
        _ => null,
    };

    private static string OpinionTitle(Matter matter) =>
        matter.Link is { Kind: LinkKind.Correction or LinkKind.Revocation } ? matter.Title : $"{LetterMapping.About(matter)}的合法性审查意见书";

    /// <summary>Each opinion is printed as it was given, without the expert's name: the sponsor learns the reasons, not the persons.</summary>
    private static ExpertSummary Experts(Matter matter, Panel panel, ReviewDraft draft)
    {
        var (tally, counted) = (Tally.Of(panel), panel.Invitations.Select(i => i.Counted).OfType<LegalOpinion>().ToList());
        return new()
        {
            Asked = panel.Invitations.Where(i => i.InvitedAt is not null).Select(i => i.ExpertId).Distinct().Count(),
            For = tally.Lawful + tally.WithChanges,
            Against = tally.Unlawful,
            Abstained = tally.Abstain,
            ReasonsFor = Reasons(counted, OpinionStand.Lawful, OpinionStand.LawfulWithChanges),
            ReasonsAgainst = Reasons(counted, OpinionStand.Unlawful),
            ReasonsAbstained = Reasons(counted, OpinionStand.Abstain),
            Dissents = [.. counted.Where(o => o.Dissent).Select(o => o.Text), .. matter.Meeting?.Minutes?.Dissent is { Length: > 0 } dissent ? new[] { dissent } : []],
            OfficeExplanation = draft.WhyOtherThanExperts,
        };
    }

    private static List<string> Reasons(IEnumerable<LegalOpinion> opinions, params OpinionStand[] stands) =>
        [.. opinions.Where(o => stands.Contains(o.Stand) && !o.Dissent).Select(o => o.Text)];

    /// <summary>A problem is written with its article in brackets at the end.</summary>
    private static LegalProblem Problem(string text)
    {
        var match = ArticleAtEnd().Match(text);
        return match.Success ? new(match.Groups["problem"].Value, match.Groups["article"].Value) : new(text, "");
    }

    [GeneratedRegex(@"^(?<problem>.+?)[（(](依据：)?(?<article>[^（）()]*《[^（）()]+)[）)]。?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArticleAtEnd();
}
