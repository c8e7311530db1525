using DocumentFormat.OpenXml.Spreadsheet;

namespace ExpertPanel.Server.Documents;

/// <summary>The cell formats of exported lists, by their place in the style sheet.</summary>
internal static class ExcelStyles
{
    public const int Title = 1;
    public const int AsOf = 2;
    public const int Header = 3;
    public const int Text = 4;
    public const int Number = 5;
    public const int Amount = 6;
    public const int Date = 7;
    public const int Time = 8;
    public const int TotalText = 9;
    public const int TotalNumber = 10;
    public const int TotalAmount = 11;

    private const uint General = 0;
    private const uint TwoDecimals = 4;   // #,##0.00
    private const uint AsText = 49;       // @: stays text also after someone edits the cell
    private const uint ChineseDate = 164;
    private const uint ChineseTime = 165;

    private const uint Plain = 0;
    private const uint Bold = 1;
    private const uint Large = 2;

    public static Stylesheet Sheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = ChineseDate, FormatCode = "yyyy\"年\"m\"月\"d\"日\"" },
            new NumberingFormat { NumberFormatId = ChineseTime, FormatCode = "yyyy\"年\"m\"月\"d\"日\" h:mm" }),
        new Fonts(Face(11, bold: false), Face(11, bold: true), Face(16, bold: true)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFEDEDED" }) { PatternType = PatternValues.Solid })),
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(Thin(new LeftBorder()), Thin(new RightBorder()), Thin(new TopBorder()), Thin(new BottomBorder()), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat { NumberFormatId = General, FontId = Plain, FillId = 0, BorderId = 0 }),
        new CellFormats(
            new CellFormat { NumberFormatId = General, FontId = Plain, FillId = 0, BorderId = 0 },
            Format(AsText, Large, HorizontalAlignmentValues.Center, ruled: false),
            Format(AsText, Plain, HorizontalAlignmentValues.Right, ruled: false),
            Format(AsText, Bold, HorizontalAlignmentValues.Center, fill: 2),
            Format(AsText, Plain, HorizontalAlignmentValues.Left),
            Format(General, Plain, HorizontalAlignmentValues.Right),
            Format(TwoDecimals, Plain, HorizontalAlignmentValues.Right),
            Format(ChineseDate, Plain, HorizontalAlignmentValues.Center),
            Format(ChineseTime, Plain, HorizontalAlignmentValues.Center),
            Format(AsText, Bold, HorizontalAlignmentValues.Left),
            Format(General, Bold, HorizontalAlignmentValues.Right),
            Format(TwoDecimals, Bold, HorizontalAlignmentValues.Right)),
        new CellStyles(new CellStyle { Name = "常规", FormatId = 0, BuiltinId = 0 }));

    private static Font Face(double size, bool bold)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = size }, new FontName { Val = "宋体" }, new FontCharSet { Val = 134 });
        return font;
    }

    private static CellFormat Format(uint number, uint font, HorizontalAlignmentValues side, bool ruled = true, uint fill = 0) =>
        new(new Alignment { Horizontal = side, Vertical = VerticalAlignmentValues.Center, WrapText = number == AsText })
        {
            NumberFormatId = number,
            FontId = font,
            FillId = fill,
            BorderId = ruled ? 1u : 0u,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };

    private static T Thin<T>(T border)
        where T : BorderPropertiesType
    {
        border.Style = BorderStyleValues.Thin;
        return border;
    }
}
