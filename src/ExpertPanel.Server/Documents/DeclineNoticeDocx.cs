using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>不予受理通知 as a letter.</summary>
public static class DeclineNoticeDocx
{
    public static byte[] Write(DeclineNoticeDocument record, DocumentFonts fonts) =>
        OfficialPage.Letter(record.Frame, DeclineNoticeSections.Of(record), fonts);
}
