using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// 版记, at the foot of the last page's text area, one size smaller. In the letter form it holds 抄送 alone, without rules;
/// 印发机关, 印发日期 and the rules come only when the record asks for them.
/// </summary>
internal static class OfficialImprint
{
    private const int Character = 280;  // 四号, 14 pt
    private const uint OuterRule = 8;   // 0.35 mm in eighths of a point
    private const uint InnerRule = 6;   // 0.25 mm

    public static IEnumerable<Paragraph> Of(IReadOnlyList<string> cc, ImprintLine? imprint)
    {
        string[] recipients = [.. cc.Select(DocumentText.Line).Where(name => name.Length > 0)];
        if (recipients.Length > 0)
            yield return Copies(recipients, ruled: imprint is not null);
        if (imprint is not null)
            yield return Printed(imprint, first: recipients.Length == 0);
        // The frame hangs on the paragraph after it; this one is a hair high, so that it never begins a page of its own.
        if (recipients.Length > 0 || imprint is not null)
            yield return Anchor();
    }

    private static Paragraph Copies(string[] recipients, bool ruled)
    {
        var paragraph = Framed(Typeset.Paragraph(OfficialStyles.Imprint, "抄送：" + string.Join('，', recipients) + "。"));
        // The lines after the first stand under the first recipient, not under 抄送.
        paragraph.Properties().Indentation = new Indentation { Left = Twips(4 * Character), Right = Twips(Character), Hanging = Twips(3 * Character) };
        if (ruled)
            paragraph.Properties().ParagraphBorders = new ParagraphBorders(Rule(new TopBorder(), OuterRule), Rule(new BottomBorder(), InnerRule));
        return paragraph;
    }

    private static Paragraph Printed(ImprintLine imprint, bool first)
    {
        var paragraph = Framed(Typeset.Paragraph(
            OfficialStyles.Imprint,
            Typeset.Run(DocumentText.Line(imprint.Issuer)),
            Typeset.Tab(),
            Typeset.Run(DocumentText.Date(imprint.PrintedOn) + "印发")));
        paragraph.Properties().Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = PageMeasures.TextWidth - Character });
        paragraph.Properties().Indentation = new Indentation { Left = Twips(Character), Right = Twips(Character) };
        var borders = new ParagraphBorders();
        if (first)
            borders.Append(Rule(new TopBorder(), OuterRule));
        borders.Append(Rule(new BottomBorder(), OuterRule));
        paragraph.Properties().ParagraphBorders = borders;
        return paragraph;
    }

    private static Paragraph Anchor()
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush);
        paragraph.Properties().SnapToGrid = new SnapToGrid { Val = false };
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(10);
        return paragraph;
    }

    private static Paragraph Framed(Paragraph paragraph)
    {
        paragraph.Properties().FrameProperties = new FrameProperties
        {
            Width = Twips(PageMeasures.TextWidth),
            Wrap = TextWrappingValues.NotBeside,
            VerticalPosition = VerticalAnchorValues.Margin,
            HorizontalPosition = HorizontalAnchorValues.Margin,
            XAlign = HorizontalAlignmentValues.Center,
            YAlign = VerticalAlignmentValues.Bottom,
        };
        return paragraph;
    }

    private static T Rule<T>(T border, uint size)
        where T : BorderType
    {
        border.Val = BorderValues.Single;
        border.Size = size;
        border.Space = 1;
        border.Color = "000000";
        return border;
    }

    private static string Twips(int twips) => twips.ToString(CultureInfo.InvariantCulture);
}
