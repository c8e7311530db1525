using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>论证会纪要, in the minutes' own form (GB/T 9704-2012 10.3): a red mark, no recipient, who was there after the text.</summary>
public static class MeetingMinutesDocx
{
    private const string Red = "FF0000";

    // The mark's upper edge stands 35 mm under the edge of the text area.
    private static readonly int MarkTop = PageMeasures.Twips(35) - 60;

    public static byte[] Write(MeetingMinutesDocument record, DocumentFonts fonts) => new OfficialPage(fonts)
        .Add(Mark(record, fonts), NumberAndDate(record, fonts))
        .Title(record.Title)
        .Sections(MeetingMinutesSections.Of(record))
        .Add(Typeset.Paragraph(OfficialStyles.Flush))
        .Add([.. People("出席", record.Present, fonts), .. People("请假", record.Excused, fonts), .. People("列席", record.Observers, fonts)])
        .Imprint(record.Cc, record.IssuedOn is { } day ? new ImprintLine(record.Office, day) : null)
        .ToFile(PageForm.Plain, new FileProperties(record.Title, record.Office, record.IssuedOn));

    private static Paragraph Mark(MeetingMinutesDocument minutes, DocumentFonts fonts)
    {
        var run = Typeset.Run(DocumentText.Line(minutes.Mark), fonts.Title);
        run.RunProperties!.Color = new Color { Val = Red };
        run.RunProperties.FontSize = new FontSize { Val = "72" };
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush, run);
        paragraph.Properties().SnapToGrid = new SnapToGrid { Val = false };
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(860, before: MarkTop, after: PageMeasures.LinePitch);
        paragraph.Properties().Justification = new Justification { Val = JustificationValues.Center };
        return paragraph;
    }

    private static Paragraph NumberAndDate(MeetingMinutesDocument minutes, DocumentFonts fonts)
    {
        var secrecy = DocumentText.Line(minutes.Secrecy);
        var paragraph = Typeset.Paragraph(
            OfficialStyles.Flush,
            Typeset.Run("　" + DocumentText.Line(minutes.Number) + (secrecy.Length > 0 ? "　" : "")),
            Typeset.Run(secrecy, fonts.Heading),
            Typeset.Tab(),
            Typeset.Run(DocumentText.Date(minutes.IssuedOn) + "　"));
        paragraph.Properties().Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = PageMeasures.TextWidth });
        paragraph.Properties().ParagraphBorders = new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Red });
        return paragraph;
    }

    /// <summary>The names under each other, after the colon.</summary>
    private static IEnumerable<Paragraph> People(string label, IReadOnlyList<string> names, DocumentFonts fonts)
    {
        if (names.Count == 0)
            yield break;
        var paragraph = Typeset.Paragraph(
            OfficialStyles.Flush,
            Typeset.Run(label + "：", fonts.Heading),
            Typeset.Run(string.Join("，", names.Select(DocumentText.Line))));
        paragraph.Properties().Indentation = new Indentation { Left = "1600", Hanging = "960" };
        yield return paragraph;
    }
}
