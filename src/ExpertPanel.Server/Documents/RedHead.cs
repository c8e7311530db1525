using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Office2010.Word.DrawingShape;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;
using Anchor = DocumentFormat.OpenXml.Drawing.Wordprocessing.Anchor;
using NonVisualGraphicFrameDrawingProperties = DocumentFormat.OpenXml.Drawing.Wordprocessing.NonVisualGraphicFrameDrawingProperties;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using Picture = DocumentFormat.OpenXml.Wordprocessing.Picture;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;
using ShapeProperties = DocumentFormat.OpenXml.Office2010.Word.DrawingShape.ShapeProperties;
using Vml = DocumentFormat.OpenXml.Vml;

namespace ExpertPanel.Server.Documents;

/// <summary>The head of the letter form (GB/T 9704-2012 10.1): the office's red name and the two red double lines of page 1.</summary>
internal static class RedHead
{
    private const string Red = "FF0000";
    private const double Thick = 0.9;
    private const double Gap = 0.35;
    private const double Thin = 0.3;
    private const double LargestName = 36;

    public static Header Header(string officeName, DocumentFonts fonts)
    {
        var name = DocumentText.Line(officeName);
        var size = NameSize(name);
        var lineTop = PageMeasures.HeadTop + PageMeasures.Millimetres(size) + PageMeasures.HeadGap;
        var header = new Header(
            Name(name, size, fonts),
            // The number stands 7/8 of a character under the line; the grid's leading already gives 6.5 pt of these 14.
            Space(PageMeasures.Twips(lineTop + PageMeasures.Millimetres(14 - 6.5)) - NameTop(size) - NameLine(size)));
        header.FirstChild!.Append(
            // At the head thick above thin, at the foot thin above thick.
            Line(1, lineTop, Thick),
            Line(2, lineTop + Thick + Gap, Thin),
            Line(3, PageMeasures.FootLine, Thin),
            Line(4, PageMeasures.FootLine + Thin + Gap, Thick));
        return header;
    }

    /// <summary>The header's distance from the page's edge: the type's upper edge stands at 30 mm, inside a line a fifth higher than itself.</summary>
    public static int Distance(string officeName) => NameTop(NameSize(DocumentText.Line(officeName)));

    private static int NameTop(double size) => PageMeasures.Twips(PageMeasures.HeadTop) - (int)(size * 0.1 * 20);

    private static int NameLine(double size) => (int)(size * 1.2 * 20);

    private static double NameSize(string name) =>
        Math.Floor(Math.Clamp(PageMeasures.TextWidth / 20.0 / Math.Max(Typeset.Width(name), 1), 14, LargestName));

    private static Paragraph Name(string name, double size, DocumentFonts fonts)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush);
        paragraph.Properties().Justification = new Justification { Val = JustificationValues.Center };
        paragraph.Properties().SnapToGrid = new SnapToGrid { Val = false };
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(NameLine(size));
        // A short name is set wider. The last character takes no space after it, or the name would stand left of the middle.
        var last = name.Length > 1 && char.IsLowSurrogate(name[^1]) ? name[^2..] : name[Math.Max(name.Length - 1, 0)..];
        var width = Typeset.Width(name);
        var spare = PageMeasures.TextWidth / 20.0 * 0.75 - width * size;
        var spacing = width > 1 ? (int)(Math.Clamp(spare / (width - 1), 0, size * 0.6) * 20) : 0;
        paragraph.Append(NameRun(name[..^last.Length], size, spacing, fonts), NameRun(last, size, 0, fonts));
        return paragraph;
    }

    private static Run NameRun(string text, double size, int spacing, DocumentFonts fonts)
    {
        var run = Typeset.Run(text, fonts.Title);
        run.RunProperties!.Color = new Color { Val = Red };
        run.RunProperties.Spacing = new Spacing { Val = spacing };
        run.RunProperties.FontSize = new FontSize { Val = Half(size) };
        return run;
    }

    private static Paragraph Space(int height)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush);
        paragraph.Properties().SnapToGrid = new SnapToGrid { Val = false };
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(height);
        return paragraph;
    }

    private static string Half(double size) => ((int)(size * 2)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Run Line(uint id, double top, double height)
    {
        var choice = new AlternateContentChoice { Requires = "wps" };
        choice.Append(new Drawing(Shape(id, PageMeasures.Emu(top), PageMeasures.Emu(height))));
        var fallback = new AlternateContentFallback(new Picture(LegacyShape(id, top, height)));
        return new Run(new AlternateContent(choice, fallback));
    }

    private static Anchor Shape(uint id, long top, long height)
    {
        var length = PageMeasures.Emu(PageMeasures.RedLineLength);
        var shape = new WordprocessingShape(
            new NonVisualDrawingShapeProperties(),
            new ShapeProperties(
                new Transform2D(new Offset { X = 0, Y = 0 }, new Extents { Cx = length, Cy = height }),
                new PresetGeometry(new AdjustValueList()) { Preset = ShapeTypeValues.Rectangle },
                new SolidFill(new RgbColorModelHex { Val = Red }),
                new DocumentFormat.OpenXml.Drawing.Outline(new NoFill())),
            new TextBodyProperties());
        return new Anchor(
            new SimplePosition { X = 0, Y = 0 },
            new HorizontalPosition(new HorizontalAlignment("center")) { RelativeFrom = HorizontalRelativePositionValues.Margin },
            new VerticalPosition(new PositionOffset(top.ToString(System.Globalization.CultureInfo.InvariantCulture))) { RelativeFrom = VerticalRelativePositionValues.Page },
            new Extent { Cx = length, Cy = height },
            new EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new WrapNone(),
            new DocProperties { Id = id, Name = $"红线{id}", Description = "红色双线" },
            new NonVisualGraphicFrameDrawingProperties(),
            new Graphic(new GraphicData(shape) { Uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape" }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
            SimplePos = false,
            RelativeHeight = id,
            BehindDoc = false,
            Locked = false,
            LayoutInCell = true,
            AllowOverlap = true,
        };
    }

    /// <summary>For word processors of before 2010, still met in offices.</summary>
    private static Vml.Rectangle LegacyShape(uint id, double top, double height) => new()
    {
        Id = $"RedLine{id}",
        Style = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"position:absolute;margin-left:0;margin-top:{top:0.##}mm;width:{PageMeasures.RedLineLength:0.##}mm;height:{height:0.##}mm;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical-relative:page"),
        FillColor = "red",
        Stroked = false,
    };
}
