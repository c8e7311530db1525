using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>合法性审查意见书 as a letter. Its text is <see cref="OpinionSections"/>, as on the printable page.</summary>
public static class ReviewOpinionDocx
{
    public static byte[] Write(ReviewOpinionDocument record, DocumentFonts fonts) =>
        OfficialPage.Letter(record.Frame, OpinionSections.Of(record), fonts, keywords: record.ConclusionCode);
}
