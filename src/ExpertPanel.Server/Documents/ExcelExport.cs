using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExpertPanel.Workflows.Documents;
using CompressionOption = System.IO.Packaging.CompressionOption;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// A list as .xlsx: its name, the day it was drawn up, a header that stays in view, the rows, and a total where a column asks
/// for one. The same list gives the same bytes.
/// </summary>
public static class ExcelExport
{
    /// <param name="sheetName">The list's name; also its title. The tab takes as much of it as Excel allows.</param>
    /// <param name="asOf">As printed under the title, such as 截至2014年12月31日.</param>
    /// <param name="rows">
    /// Values in column order: strings are text always; whole numbers and amounts are numbers; DateOnly and DateTimeOffset
    /// are dates; true and false are 是 and 否.
    /// </param>
    public static byte[] Write(string sheetName, string asOf, IReadOnlyList<ExcelColumn> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        if (columns.Count == 0)
            throw new ArgumentException("A list has at least one column.", nameof(columns));
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            file.CompressionOption = CompressionOption.NotCompressed;
            var book = file.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
            book.AddNewPart<WorkbookStylesPart>("rId1").Stylesheet = ExcelStyles.Sheet();
            var sheet = book.AddNewPart<WorksheetPart>("rId2");
            using (var content = sheet.GetStream(FileMode.Create, FileAccess.Write))
                new ExcelSheetWriter(content, columns).Write(sheetName, asOf, rows);
            var tab = TabName(sheetName);
            book.Workbook = new Workbook(
                new BookViews(new WorkbookView()),
                new Sheets(new Sheet { Name = tab, SheetId = 1, Id = "rId2" }),
                new DefinedNames(new DefinedName($"'{tab.Replace("'", "''", StringComparison.Ordinal)}'!$3:$3") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 }));
        }
        return FixedZip.Rewrite(stream);
    }

    /// <summary>Excel refuses a file whose tab is longer than 31 characters, holds one of these or is called History.</summary>
    private static string TabName(string name)
    {
        var allowed = string.Concat(DocumentText.Line(name).Where(character => !"[]:*?/\\".Contains(character, StringComparison.Ordinal)));
        var length = Math.Min(allowed.Length, 31);
        if (length > 0 && char.IsHighSurrogate(allowed[length - 1]))
            length--;
        var tab = allowed[..length].Trim('\'', ' ');
        return tab.Length == 0 || tab.Equals("History", StringComparison.OrdinalIgnoreCase) ? "列表" : tab;
    }
}
