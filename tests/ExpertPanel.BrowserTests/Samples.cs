using System.Text;

namespace ExpertPanel.BrowserTests;

/// <summary>What the people of a journey type, all made up.</summary>
internal static class Samples
{
    public const string SponsorAddress = "sponsor@unit.example";

    public const string Question = "方案第三条的退出机制是否符合《行政许可法》？";

    /// <summary>The least that is a PDF.</summary>
    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static (string Field, string Value)[] Draft { get; } =
    [
        ("PrimaryRecipient", "示例省环保厅"), ("Circumstances", "送审材料齐全，已听取三位专家意见。"), ("Bases", "《中华人民共和国行政许可法》"),
        ("Competence", "属于法定权限。"), ("Procedure", "程序符合规定。"), ("Content", "第三条应当明确退出条件和程序。"), ("Conclusion", "修改后合法"),
        ("Problems", "第三条没有规定退出条件（《行政许可法》第八条）"), ("Suggestions", "补充退出条件和程序"), ("Risks", "可能引发行政争议"),
        ("WhyOtherThanExperts", "采纳少数专家关于明确退出条件的建议。"),
    ];

    /// <summary>Open, so that its letters may carry contents and experts may answer by mail.</summary>
    public static (string Field, string Value)[] Submission(string title) =>
    [
        ("Title", title), ("Type", "重大决策"), ("SponsoringUnit", "示例省环保厅"), ("LetterNumber", "示环函〔2026〕12号"), ("ContactName", "示例联系人"),
        ("ContactEmail", SponsorAddress), ("Channel", "纸质"), ("Secrecy", "非密"), ("MailAllowed", "true"), ("Urgency", "普通"), ("Specialties", "administrative"),
        ("Parties", "示例热力有限公司"),
    ];
}
