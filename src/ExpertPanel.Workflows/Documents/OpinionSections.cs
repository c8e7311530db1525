using static ExpertPanel.Workflows.Documents.SectionList;

namespace ExpertPanel.Workflows.Documents;

/// <summary>The review opinion's text in order. The file and the printable page both print this and nothing else.</summary>
public static class OpinionSections
{
    public static IReadOnlyList<DocumentSection> Of(ReviewOpinionDocument opinion) => new SectionList()
        .Unheaded(Text(opinion.Opening))
        .Headed("送审情况", Text(opinion.Submission))
        .Headed("审查依据", Items(opinion.LegalBasis))
        .Headed("审查意见",
        [
            .. Finding(1, "关于权限", opinion.Authority),
            .. Finding(2, "关于程序", opinion.Procedure),
            .. Finding(3, "关于内容", opinion.Content),
        ])
        .Headed("修改建议", Items(opinion.Suggestions))
        .Headed("风险提示", Items(opinion.Risks))
        .Headed("专家咨询情况", opinion.Experts is { } experts ? Experts(experts) : [])
        .Headed("审查结论", [.. Text($"经审查，结论为：{DocumentText.Line(opinion.ConclusionLabel)}。"), .. Text(opinion.ConclusionNote)])
        .Sections;

    private static IEnumerable<DocumentParagraph> Finding(int number, string heading, ReviewFinding finding) =>
    [
        SubHeading(number, heading),
        .. Text(finding.Text),
        .. Items(finding.Problems.Select(problem => problem.Text.TrimEnd('。', ' ', '\n', '\r') + Article(problem.Article))),
    ];

    private static string Article(string article) =>
        DocumentText.Line(article) is { Length: > 0 } line ? $"（依据：{line}）。" : "。";

    private static IReadOnlyList<DocumentParagraph> Experts(ExpertSummary experts)
    {
        var replies = experts.For + experts.Against + experts.Abstained;
        return
        [
            .. Text($"本件共咨询法律专家{experts.Asked}名，收到书面意见{replies}份，其中赞成{experts.For}份、反对{experts.Against}份、弃权{experts.Abstained}份。"),
            .. Reasons("赞成的主要理由", experts.ReasonsFor),
            .. Reasons("反对的主要理由", experts.ReasonsAgainst),
            .. Reasons("弃权的主要理由", experts.ReasonsAbstained),
            .. Reasons("不同意见（原文）", experts.Dissents),
            .. Reasons("对专家意见的采纳说明", experts.OfficeExplanation is { } explanation ? [explanation] : []),
        ];
    }

    private static IReadOnlyList<DocumentParagraph> Reasons(string label, IReadOnlyList<string> reasons)
    {
        var items = Items(reasons);
        return items.Count switch
        {
            0 => [],
            1 => [items[0] with { Text = label + "：" + items[0].Text }],
            _ => [new DocumentParagraph(ParagraphLevel.Text, label + "："), .. items],
        };
    }
}
