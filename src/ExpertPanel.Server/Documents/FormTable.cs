using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>A ruled form over the whole text width: pairs of a label and what was filled in.</summary>
internal sealed class FormTable
{
    private const int LabelWidth = 1300;

    private static readonly int[] ColumnWidths = [LabelWidth, (PageMeasures.TextWidth / 2) - LabelWidth, LabelWidth, PageMeasures.TextWidth - (PageMeasures.TextWidth / 2) - LabelWidth];

    private readonly Table _table = new(
        new TableProperties(
            new TableWidth { Width = Twips(PageMeasures.TextWidth), Type = TableWidthUnitValues.Dxa },
            Borders(),
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableCellMarginDefault(
                new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
                new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })),
        new TableGrid(ColumnWidths.Select(width => new GridColumn { Width = Twips(width) })));

    public Table Table => _table;

    /// <summary>One pair over the whole width, at least so high.</summary>
    public FormTable Row(string label, IReadOnlyList<string> lines, int height = 560) =>
        Append(height, Cell(ColumnWidths[0], 1, [label], centred: true), Cell(ColumnWidths[1..].Sum(), 3, lines));

    public FormTable Row(string label, string? text, int height = 560) => Row(label, DocumentText.Paragraphs(text), height);

    /// <summary>Two pairs side by side.</summary>
    public FormTable Row(string label, IReadOnlyList<string> lines, string secondLabel, IReadOnlyList<string> secondLines, int height = 560) => Append(
        height,
        Cell(ColumnWidths[0], 1, [label], centred: true),
        Cell(ColumnWidths[1], 1, lines),
        Cell(ColumnWidths[2], 1, [secondLabel], centred: true),
        Cell(ColumnWidths[3], 1, secondLines));

    public FormTable Row(string label, string? text, string secondLabel, string? secondText) =>
        Row(label, DocumentText.Paragraphs(text), secondLabel, DocumentText.Paragraphs(secondText));

    /// <summary>One pair over the whole width, to be filled in where the control is.</summary>
    public FormTable Row(string label, FormControl control, int height = 560) =>
        Append(height, Cell(ColumnWidths[0], 1, [label], centred: true), Cell(ColumnWidths[1..].Sum(), 3, control));

    /// <summary>Two pairs side by side, each to be filled in.</summary>
    public FormTable Row(string label, FormControl control, string secondLabel, FormControl second, int height = 560) => Append(
        height,
        Cell(ColumnWidths[0], 1, [label], centred: true),
        Cell(ColumnWidths[1], 1, control),
        Cell(ColumnWidths[2], 1, [secondLabel], centred: true),
        Cell(ColumnWidths[3], 1, second));

    private FormTable Append(int height, params TableCell[] cells)
    {
        var row = new TableRow(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = (uint)height, HeightType = HeightRuleValues.AtLeast }));
        row.Append(cells);
        _table.Append(row);
        return this;
    }

    private static TableCell Cell(int width, int span, FormControl control)
    {
        var cell = Cell(width, span);
        foreach (var line in control.Lines())
        {
            var paragraph = Typeset.Paragraph(OfficialStyles.Cell, line);
            paragraph.Properties().Justification = new Justification { Val = JustificationValues.Left };
            cell.Append(paragraph);
        }

        return cell;
    }

    private static TableCell Cell(int width, int span) => new(new TableCellProperties(
        new TableCellWidth { Width = Twips(width), Type = TableWidthUnitValues.Dxa },
        new GridSpan { Val = span },
        new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }));

    private static TableCell Cell(int width, int span, IReadOnlyList<string> lines, bool centred = false)
    {
        var cell = Cell(width, span);
        foreach (var line in lines.DefaultIfEmpty(""))
        {
            var paragraph = Typeset.Paragraph(OfficialStyles.Cell, line);
            paragraph.Properties().Justification = new Justification { Val = centred ? JustificationValues.Center : JustificationValues.Left };
            cell.Append(paragraph);
        }
        return cell;
    }

    private static TableBorders Borders()
    {
        const uint half = 4;
        return new TableBorders(
            new TopBorder { Val = BorderValues.Single, Size = 2 * half },
            new LeftBorder { Val = BorderValues.Single, Size = 2 * half },
            new BottomBorder { Val = BorderValues.Single, Size = 2 * half },
            new RightBorder { Val = BorderValues.Single, Size = 2 * half },
            new InsideHorizontalBorder { Val = BorderValues.Single, Size = half },
            new InsideVerticalBorder { Val = BorderValues.Single, Size = half });
    }

    private static string Twips(int twips) => twips.ToString(CultureInfo.InvariantCulture);
}
