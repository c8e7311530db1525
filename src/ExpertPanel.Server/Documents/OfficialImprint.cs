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

    /// <summary>Nothing, when there is nothing to print.</summary>
    public static IReadOnlyList<Paragraph> Of(IReadOnlyList<string> cc, ImprintLine? imprint)
    {
        string[] recipients = [.. cc.Select(DocumentText.Line).Where(name => name.Length > 0)];
        var paragraphs = new List<Paragraph>(2);
        if (recipients.Length > 0)
            paragraphs.Add(Copies(recipients));
        if (recipients.Length > 0 && imprint is not null)
            paragraphs.Add(InnerRule());
        if (imprint is not null)
            paragraphs.Add(Printed(imprint));
        foreach (var paragraph in paragraphs)
        {
            Frame(paragraph);
            if (imprint is not null)
                Rule(paragraph);
        }
        return paragraphs;
    }

    private static Paragraph Copies(string[] recipients)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Imprint, "抄送：" + string.Join('，', recipients) + "。");
        // The lines after the first stand under the first recipient, not under 抄送.
        paragraph.Properties().Indentation = new Indentation { Left = Twips(4 * Character), Right = Twips(Character), Hanging = Twips(3 * Character) };
        return paragraph;
    }

    private static Paragraph Printed(ImprintLine imprint)
    {
        var paragraph = Typeset.Paragraph(
            OfficialStyles.Imprint,
            Typeset.Run(DocumentText.Line(imprint.Issuer)),
            Typeset.Tab(),
            Typeset.Run(DocumentText.Date(imprint.PrintedOn) + "印发"));
        paragraph.Properties().Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = PageMeasures.TextWidth - Character });
        paragraph.Properties().Indentation = new Indentation { Left = Twips(Character), Right = Twips(Character) };
        return paragraph;
    }

    /// <summary>The frame hangs on the next paragraph that isn't framed; neighbours with the same frame share it.</summary>
    private static void Frame(Paragraph paragraph) =>
        paragraph.Properties().FrameProperties = new FrameProperties
        {
            Width = Twips(PageMeasures.TextWidth),
            Wrap = TextWrappingValues.NotBeside,
            VerticalPosition = VerticalAnchorValues.Margin,
            HorizontalPosition = HorizontalAnchorValues.Margin,
            XAlign = HorizontalAlignmentValues.Center,
            YAlign = VerticalAlignmentValues.Bottom,
        };

    /// <summary>
    /// The thin rule between the two is a tab's leader, not a border: where neighbours' borders differ, or have a rule between,
    /// LibreOffice 7 takes the whole frame apart.
    /// </summary>
    private static Paragraph InnerRule()
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Imprint, Typeset.Tab());
        paragraph.Properties().Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Leader = TabStopLeaderCharValues.Underscore, Position = PageMeasures.TextWidth });
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(60);
        return paragraph;
    }

    /// <summary>The same borders on every paragraph: only then are they drawn around all of them together.</summary>
    private static void Rule(Paragraph paragraph) => paragraph.Properties().ParagraphBorders = new ParagraphBorders(
        Line(new TopBorder(), OuterRule),
        Line(new BottomBorder(), OuterRule));

    private static T Line<T>(T border, uint size)
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
