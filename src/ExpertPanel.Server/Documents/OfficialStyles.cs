using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ExpertPanel.Server.Documents;

/// <summary>The paragraph styles of official documents and the table of their type faces.</summary>
internal static class OfficialStyles
{
    public const string Flush = "Normal";
    public const string Body = "OfficialBody";
    public const string Title = "OfficialTitle";
    public const string Heading = "Heading1";
    public const string SubHeading = "Heading2";
    public const string Imprint = "OfficialImprint";
    public const string Cell = "OfficialCell";
    public const string PageNumber = "Footer";

    public static Styles Of(DocumentFonts fonts) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = fonts.Latin.Name, HighAnsi = fonts.Latin.Name, EastAsia = fonts.Body.Name, ComplexScript = fonts.Latin.Name },
                new Kern { Val = 2 },
                new FontSize { Val = "32" },
                new FontSizeComplexScript { Val = "32" },
                new Languages { Val = "en-US", EastAsia = "zh-CN", Bidi = "ar-SA" })),
            new ParagraphPropertiesDefault()),
        // The line pitch is also set exactly: a substitute face with a taller line would else take two lines of the grid.
        Style(Flush, "正文", isDefault: true,
            new StyleParagraphProperties(
                new WidowControl { Val = false },
                Typeset.Exactly(PageMeasures.LinePitch),
                new Justification { Val = JustificationValues.Both }),
            new StyleRunProperties(new Spacing { Val = PageMeasures.CharacterSpacing })),
        Style(Body, "公文正文", isDefault: false,
            new StyleParagraphProperties(FirstLine())),
        Style(Heading, "heading 1", isDefault: false,
            new StyleParagraphProperties(new KeepNext(), FirstLine(), new OutlineLevel { Val = 0 }),
            new StyleRunProperties(new RunFonts { EastAsia = fonts.Heading.Name })),
        Style(SubHeading, "heading 2", isDefault: false,
            new StyleParagraphProperties(new KeepNext(), FirstLine(), new OutlineLevel { Val = 1 }),
            new StyleRunProperties(new RunFonts { EastAsia = fonts.SubHeading.Name })),
        Style(Title, "Title", isDefault: false,
            new StyleParagraphProperties(
                new KeepNext(),
                new SnapToGrid { Val = false },
                Typeset.Exactly(PageMeasures.TitleLine, before: 2 * PageMeasures.LinePitch, after: PageMeasures.LinePitch),
                new Justification { Val = JustificationValues.Center }),
            new StyleRunProperties(new RunFonts { EastAsia = fonts.Title.Name }, new FontSize { Val = "44" }, new FontSizeComplexScript { Val = "44" })),
        Style(Imprint, "版记", isDefault: false,
            new StyleParagraphProperties(new SnapToGrid { Val = false }, Typeset.Exactly(480)),
            new StyleRunProperties(new FontSize { Val = "28" }, new FontSizeComplexScript { Val = "28" })),
        Style(Cell, "表格文字", isDefault: false,
            new StyleParagraphProperties(new SnapToGrid { Val = false }, Typeset.Exactly(400)),
            new StyleRunProperties(new FontSize { Val = "24" }, new FontSizeComplexScript { Val = "24" })),
        Style(PageNumber, "footer", isDefault: false,
            new StyleParagraphProperties(new SnapToGrid { Val = false }, Typeset.Exactly(320)),
            new StyleRunProperties(
                new RunFonts { Ascii = fonts.PageNumber.Name, HighAnsi = fonts.PageNumber.Name, EastAsia = fonts.PageNumber.Name },
                new FontSize { Val = "28" },
                new FontSizeComplexScript { Val = "28" })));

    public static Fonts FontTable(DocumentFonts fonts)
    {
        FontChoice[] chinese = [fonts.Body, fonts.Title, fonts.Heading, fonts.SubHeading, fonts.PageNumber];
        var table = new Fonts(chinese.DistinctBy(face => face.Name).Select(face => Face(face, "86")));
        if (!Array.Exists(chinese, face => face.Name == fonts.Latin.Name))
            table.Append(Face(fonts.Latin, "00"));
        return table;
    }

    private static Font Face(FontChoice face, string characterSet)
    {
        var font = new Font { Name = face.Name };
        if (face.Fallbacks.Length > 0)
            font.Append(new AltName { Val = face.Fallbacks });
        font.Append(new FontCharSet { Val = characterSet }, new FontFamily { Val = FontFamilyValues.Auto }, new Pitch { Val = FontPitchValues.Variable });
        return font;
    }

    private static Style Style(string id, string name, bool isDefault, params OpenXmlElement[] properties)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, StyleName = new StyleName { Val = name } };
        if (isDefault)
            style.Default = true;
        else
            style.Append(new BasedOn { Val = Flush });
        style.Append(new PrimaryStyle());
        style.Append(properties);
        return style;
    }

    /// <summary>Two characters, whatever their size.</summary>
    private static Indentation FirstLine() =>
        new() { FirstLineChars = 200, FirstLine = (2 * PageMeasures.BodyCharacter).ToString(CultureInfo.InvariantCulture) };
}
