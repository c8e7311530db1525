using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>补正通知 as a letter.</summary>
public static class SupplementNoticeDocx
{
    public static byte[] Write(SupplementNoticeDocument record, DocumentFonts fonts) =>
        OfficialPage.Letter(record.Frame, SupplementNoticeSections.Of(record), fonts);
}
