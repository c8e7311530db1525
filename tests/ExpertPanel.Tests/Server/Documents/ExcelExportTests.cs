using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using ExpertPanel.Server.Documents;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

public sealed class ExcelExportTests
{
    private const string AsOf = "截至2014年12月31日";

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.invalid\",\"点击\")")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("$=1+1")]
    public void Text_that_looks_like_a_formula_stays_text(string hostile)
    {
        var (cell, formulas) = OpenFile.Excel(Write([hostile]), document =>
        {
            var sheet = Sheet(document);
            return (sheet.Descendants<Cell>().Single(cell => cell.CellReference == "A4"), sheet.Descendants<CellFormula>().Count());
        });

        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        // Also the carriage return, which XML would read as a line feed unless it is written as a reference.
        Assert.Equal(hostile, cell.InlineString!.InnerText);
        Assert.Equal(0, formulas);
    }

    [Theory]
    [InlineData("620102198001010019")]
    [InlineData("0931-8460000")]
    [InlineData("6222021234567890123")]
    [InlineData("1E5")]
    public void Long_digits_keep_every_figure(string digits)
    {
        var cell = Cells(Write([digits]))["A4"];

        Assert.Equal((CellValues.InlineString, digits), (cell.Type, cell.Text));
    }

    [Fact]
    public void A_number_beyond_what_Excel_can_count_is_written_as_text()
    {
        var cells = Cells(Write([999_999_999_999_999L], [1_000_000_000_000_000L]));

        Assert.Null(cells["A4"].Type);
        Assert.Equal((CellValues.InlineString, "1000000000000000"), (cells["A5"].Type, cells["A5"].Text));
    }

    [Fact]
    public void Dates_are_dates_in_Chinese_dress_and_local_time()
    {
        var file = Write([new DateOnly(2014, 10, 9)], [new DateTimeOffset(2014, 10, 8, 16, 30, 0, TimeSpan.Zero)], [new DateOnly(1899, 1, 2)]);
        var cells = Cells(file);

        Assert.Equal(new DateTime(2014, 10, 9), DateTime.FromOADate(double.Parse(cells["A4"].Text, CultureInfo.InvariantCulture)));
        Assert.Equal(new DateTime(2014, 10, 9, 0, 30, 0), DateTime.FromOADate(double.Parse(cells["A5"].Text, CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
        Assert.Equal("1899年1月2日", cells["A6"].Text);
        Assert.Equal("yyyy\"年\"m\"月\"d\"日\"", OpenFile.Excel(file, document =>
        {
            var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
            var format = styles.CellFormats!.Elements<CellFormat>().ElementAt(cells["A4"].Style);
            return styles.NumberingFormats!.Elements<NumberingFormat>().Single(number => number.NumberFormatId! == format.NumberFormatId!).FormatCode!.Value;
        }));
    }

    [Fact]
    public void The_sheet_has_title_day_frozen_header_and_total()
    {
        var columns = new[] { new ExcelColumn("序号"), new ExcelColumn("专家"), new ExcelColumn("咨询费", Total: true), new ExcelColumn("件数", Width: 9, Total: true) };
        var file = ExcelExport.Write("费用台账", AsOf, columns, [[1, "张䶮", 2400.5m, 2], [2, "𠮷某", 925m, 1], [3, "赵某", null, 4]]);
        var cells = Cells(file);

        Assert.Equal(("费用台账", AsOf), (cells["A1"].Text, cells["A2"].Text));
        Assert.Equal(["序号", "专家", "咨询费", "件数"], ((string[])["A3", "B3", "C3", "D3"]).Select(at => cells[at].Text));
        Assert.Equal(("合计", "3325.5", "7"), (cells["A7"].Text, cells["C7"].Text, cells["D7"].Text));
        OpenFile.Excel(file, document =>
        {
            var sheet = Sheet(document);
            var pane = sheet.Descendants<Pane>().Single();
            Assert.Equal((3.0, "A4", PaneStateValues.Frozen), (pane.VerticalSplit!.Value, pane.TopLeftCell!.Value, pane.State!.Value));
            Assert.Equal("A3:D6", sheet.Descendants<AutoFilter>().Single().Reference!.Value);
            Assert.Equal(9, sheet.Descendants<Column>().ElementAt(3).Width!.Value);
            Assert.Empty(OpenFile.Validate(document));
            return true;
        });
    }

    [Fact]
    public void Text_unfit_for_a_cell_is_made_fit()
    {
        var cells = Cells(Write(["a\u0000b\uD800c"], ["_x0041__x0042_"], [new string('长', 40_000)], ["一\n二"]));

        Assert.Equal("abc", cells["A4"].Text);
        // Stored escaped, or Excel would show AB.
        Assert.Equal("_x005F_x0041__x005F_x0042_", cells["A5"].Text);
        Assert.Equal(32_767, cells["A6"].Text.Length);
        Assert.EndsWith("（过长，已截断）", cells["A6"].Text, StringComparison.Ordinal);
        Assert.Equal("一\n二", cells["A7"].Text);
    }

    [Theory]
    [InlineData("2014年[涉法]事务*台账?/\\:", "2014年涉法事务台账")]
    [InlineData("History", "列表")]
    [InlineData("'", "列表")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一𠮷", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    public void The_tab_has_a_name_Excel_accepts(string name, string tab) =>
        Assert.Equal(tab, OpenFile.Excel(ExcelExport.Write(name, AsOf, [new ExcelColumn("甲")], []), document => document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Single().Name!.Value));

    [Fact]
    public void Ten_thousand_rows_are_written_whole_and_the_same_each_time()
    {
        var columns = Enumerable.Range(1, 8).Select(number => new ExcelColumn($"第{number}列")).ToList();
        IEnumerable<IReadOnlyList<object?>> Rows() => Enumerable.Range(1, 10_000)
            .Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => (object?)$"{column.Header}{row}")]);

        var file = ExcelExport.Write("涉法事务台账", AsOf, columns, Rows());
        var (rows, last) = OpenFile.Excel(file, document =>
            (Sheet(document).Descendants<Row>().Count(), Sheet(document).Descendants<Cell>().Last()));

        Assert.Equal(10_003, rows);
        Assert.Equal(("H10003", "第8列10000"), (last.CellReference!.Value, last.InnerText));
        Assert.Equal(file, ExcelExport.Write("涉法事务台账", AsOf, columns, Rows()));
    }

    [Fact]
    public void Columns_after_Z_have_two_letters()
    {
        var columns = Enumerable.Range(1, 703).Select(number => new ExcelColumn($"{number}")).ToList();

        var cells = Cells(ExcelExport.Write("台账", AsOf, columns, []));

        Assert.Equal(("26", "27", "703"), (cells["Z3"].Text, cells["AA3"].Text, cells["AAA3"].Text));
    }

    [Fact]
    public void A_row_of_another_length_is_a_mistake()
    {
        var mistake = Assert.Throws<ArgumentException>(() => ExcelExport.Write("台账", AsOf, [new ExcelColumn("甲")], [["一", "二"]]));

        Assert.Contains("Row 1 has 2 values for 1 columns", mistake.Message, StringComparison.Ordinal);
    }

    private static byte[] Write(params IReadOnlyList<object?>[] rows) => ExcelExport.Write("台账", AsOf, [new ExcelColumn("内容")], rows);

    private static Worksheet Sheet(DocumentFormat.OpenXml.Packaging.SpreadsheetDocument document) =>
        document.WorkbookPart!.WorksheetParts.Single().Worksheet!;

    private static Dictionary<string, (CellValues? Type, string Text, int Style)> Cells(byte[] file) => OpenFile.Excel(file, document =>
        Sheet(document).Descendants<Cell>().ToDictionary(
            cell => cell.CellReference!.Value!,
            cell => (cell.DataType?.Value, cell.InnerText, (int)cell.StyleIndex!.Value)));
}
