using System.Globalization;
using System.IO.Packaging;
using System.Security;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Office2010.Word;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>How the pages begin: a letter with its red head, or plain pages; with page numbers or without.</summary>
internal sealed record PageForm(string? RedHead, bool Numbered)
{
    public static PageForm Letter(string redHead) => new(redHead, Numbered: true);

    public static PageForm Plain { get; } = new(RedHead: null, Numbered: true);

    public static PageForm Sheet { get; } = new(RedHead: null, Numbered: false);
}

/// <summary>What the file says about itself: the office and the day of issue, never a person, a machine or a program.</summary>
internal sealed record FileProperties(string Title, string Office, DateOnly? IssuedOn, string? Keywords = null);

/// <summary>Puts the parts of a .docx together. All relationship ids are given, since the SDK's own are random.</summary>
internal static class OfficialFile
{
    private const string DrawingShapes = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

    private const string WordOf2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

    public static byte[] Write(Body body, PageForm form, FileProperties properties, DocumentFonts fonts)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            // FixedZip compresses; doing it twice would cost half of the whole time.
            file.CompressionOption = CompressionOption.NotCompressed;
            var main = file.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rId1");
            main.AddNewPart<StyleDefinitionsPart>("rId1").Styles = OfficialStyles.Of(fonts);
            main.AddNewPart<FontTablePart>("rId2").Fonts = OfficialStyles.FontTable(fonts);
            main.AddNewPart<DocumentSettingsPart>("rId3").Settings = Settings(form);
            body.Append(Section(main, form, fonts));
            main.Document = new Document(body);
            if (body.Descendants<SdtContentCheckBox>().Any())
            {
                // A program older than the boxes to click shows their text.
                main.Document.AddNamespaceDeclaration("w14", WordOf2010);
                main.Document.MCAttributes = new MarkupCompatibilityAttributes { Ignorable = "w14" };
            }

            WriteProperties(file.AddNewPart<CoreFilePropertiesPart>("rId2"), properties);
        }
        return FixedZip.Rewrite(stream);
    }

    private static Settings Settings(PageForm form)
    {
        var settings = new Settings(new Zoom { Percent = "100" });
        if (form.Numbered)
            settings.Append(new EvenAndOddHeaders());
        settings.Append(
            new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
            new Compatibility(
                new UseFarEastLayout(),
                new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
            new ThemeFontLanguages { Val = "en-US", EastAsia = "zh-CN" });
        return settings;
    }

    private static SectionProperties Section(MainDocumentPart main, PageForm form, DocumentFonts fonts)
    {
        var section = new SectionProperties();
        if (form.Numbered)
        {
            section.Append(Number(main, "rId4", HeaderFooterValues.Default, JustificationValues.Right), Number(main, "rId5", HeaderFooterValues.Even, JustificationValues.Left));
        }
        if (form.RedHead is { } name)
        {
            var header = main.AddNewPart<HeaderPart>("rId6");
            header.Header = RedHead.Header(name, fonts);
            header.Header.AddNamespaceDeclaration("wps", DrawingShapes);
            var footer = main.AddNewPart<FooterPart>("rId7");
            footer.Footer = new Footer(Typeset.Paragraph(OfficialStyles.PageNumber));
            section.Append(
                new HeaderReference { Type = HeaderFooterValues.First, Id = "rId6" },
                new FooterReference { Type = HeaderFooterValues.First, Id = "rId7" });
        }
        section.Append(
            new PageSize { Width = PageMeasures.PageWidth, Height = PageMeasures.PageHeight },
            new PageMargin
            {
                Top = PageMeasures.TopMargin,
                Bottom = PageMeasures.BottomMargin,
                Left = PageMeasures.LeftMargin,
                Right = PageMeasures.RightMargin,
                Header = (uint)(form.RedHead is { } head ? RedHead.Distance(head) : PageMeasures.FooterDistance),
                Footer = PageMeasures.FooterDistance,
                Gutter = 0,
            });
        if (form.RedHead is not null)
            section.Append(new TitlePage());
        section.Append(new DocGrid { Type = DocGridValues.Lines, LinePitch = PageMeasures.LinePitch });
        return section;
    }

    /// <summary>— 2 —, odd pages on the right and even ones on the left, a character in from the edge.</summary>
    private static FooterReference Number(MainDocumentPart main, string id, HeaderFooterValues pages, JustificationValues side)
    {
        var paragraph = Typeset.Paragraph(
            OfficialStyles.PageNumber,
            Typeset.Run("— "),
            new SimpleField(Typeset.Run("2")) { Instruction = "PAGE \\* MERGEFORMAT" },
            Typeset.Run(" —"));
        paragraph.Properties().Indentation = new Indentation { Left = "280", Right = "280" };
        paragraph.Properties().Justification = new Justification { Val = side };
        main.AddNewPart<FooterPart>(id).Footer = new Footer(paragraph);
        return new FooterReference { Type = pages, Id = id };
    }

    private static void WriteProperties(CoreFilePropertiesPart part, FileProperties properties)
    {
        var xml = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">""")
            .Append("<dc:title>").Append(Escaped(properties.Title)).Append("</dc:title>")
            .Append("<dc:creator>").Append(Escaped(properties.Office)).Append("</dc:creator>");
        if (properties.Keywords is { } keywords)
            xml.Append("<cp:keywords>").Append(Escaped(keywords)).Append("</cp:keywords>");
        xml.Append("<dc:language>zh-CN</dc:language>");
        if (properties.IssuedOn is { } day)
            xml.Append(CultureInfo.InvariantCulture, $"""<dcterms:created xsi:type="dcterms:W3CDTF">{day:yyyy-MM-dd}T00:00:00Z</dcterms:created>""");
        xml.Append("</cp:coreProperties>");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(xml.ToString()));
        part.FeedData(content);
    }

    private static string? Escaped(string text) => SecurityElement.Escape(DocumentText.Line(text));
}
