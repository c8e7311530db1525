using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExpertPanel.Server.Screening;

namespace ExpertPanel.Server.Importing;

/// <summary>The file can't be read as a table; the text says why, in both languages.</summary>
public sealed class ImportFileException(string zh, string en) : Exception(zh)
{
    public string Zh => Message;

    public string En { get; } = en;
}

/// <summary>A row as it stands in the file.</summary>
/// <param name="Number">Counted from 1, as Excel shows it.</param>
public sealed record ImportRecord(int Number, IReadOnlyList<string> Cells)
{
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>
/// Reads .xlsx (its first sheet) and .csv (UTF-8, else GB18030, of which GBK and GB2312 are parts) as rows of text, one after the other.
/// A formula counts with the value that stands beside it; nothing is calculated.
/// </summary>
public static class ImportTable
{
    public const int MostRows = 200_000;
    public const int MostColumns = 200;
    private const int LongestCell = 4_000;
    private const long LargestPart = 600_000_000;

    /// <exception cref="ImportFileException">No table, or a table beyond the limits; thrown while reading too.</exception>
    public static IEnumerable<ImportRecord> Read(byte[] content)
    {
        var rows = content.AsSpan().StartsWith("PK"u8) ? Xlsx(content) : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
            ? throw new ImportFileException("这是旧版 .xls 文件，请另存为 .xlsx 或者 .csv。", "This is an old .xls file; save it as .xlsx or .csv.") : Csv(content);
        return Limited(rows);
    }

    private static IEnumerable<ImportRecord> Limited(IEnumerable<ImportRecord> rows)
    {
        foreach (var row in rows)
        {
            if (row.Number > MostRows) throw new ImportFileException($"最多 {MostRows} 行，请分成几个文件。", $"At most {MostRows} rows; split the file.");
            if (row.Cells.Count > MostColumns) throw new ImportFileException($"第 {row.Number} 行超过 {MostColumns} 列。", $"Row {row.Number} has more than {MostColumns} columns.");
            if (row.Cells.Any(c => c.Length > LongestCell)) throw new ImportFileException($"第 {row.Number} 行有单元格超过 {LongestCell} 字。", $"Row {row.Number} has a cell of more than {LongestCell} characters.");
            yield return row;
        }
    }

    private static IEnumerable<ImportRecord> Csv(byte[] content)
    {
        var text = Text(content);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null, DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], MaxFieldSize = 100_000 };
        using var parser = new CsvParser(new StringReader(text), configuration);
        while (Next(parser)) yield return new(parser.RawRow, parser.Record ?? []);
    }

    private static bool Next(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (CsvHelperException broken)
        {
            throw new ImportFileException($"第 {parser.RawRow} 行不是正确的 CSV：{broken.GetType().Name}。", $"Row {parser.RawRow} is no sound CSV.");
        }
    }

    private static string Text(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(content.AsSpan(2));
        var start = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.AsSpan(start));
        }
        catch (DecoderFallbackException)
        {
            try
            {
                return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(content);
            }
            catch (DecoderFallbackException)
            {
                throw new ImportFileException("文件既不是 .xlsx，也不是 UTF-8、GBK、GB18030 编码的 .csv。", "This is neither .xlsx nor a .csv in UTF-8, GBK or GB18030.");
            }
        }
    }

    private static IEnumerable<ImportRecord> Xlsx(byte[] content)
    {
        // Before anything is unfolded: what the directory declares, then each part counted through a small buffer.
        if (new ZipScreen(new ScreeningOptions { MostUnfolded = LargestPart }, strict: true).Check(content, 0, CancellationToken.None) is { } fault)
            throw new ImportFileException($"这个 .xlsx 文件不能读取（{fault}）。", $"This .xlsx can't be read ({fault}).");
        using var stream = new MemoryStream(content, writable: false);
        using var book = Opened(stream);
        var workbook = book.WorkbookPart;
        if (workbook?.Workbook?.Descendants<Sheet>().FirstOrDefault(s => s.State is null || s.State == SheetStateValues.Visible)?.Id?.Value is not { } id || workbook.GetPartById(id) is not WorksheetPart sheet)
            throw new ImportFileException("文件里没有可见的工作表。", "The file has no visible sheet.");
        var shared = SharedStrings(workbook);
        using var reader = OpenXmlReader.Create(sheet);
        var number = 0;
        while (Next(reader))
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement) continue;
            var row = (Row)(reader.LoadCurrentElement() ?? new Row());
            number = row.RowIndex?.Value is { } index and <= int.MaxValue ? (int)index : number + 1;
            yield return new(number, Cells(row, shared));
        }
    }

    private static SpreadsheetDocument Opened(Stream stream)
    {
        try
        {
            return SpreadsheetDocument.Open(stream, isEditable: false, new OpenSettings { MaxCharactersInPart = LargestPart });
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or FileFormatException or InvalidDataException or System.Xml.XmlException)
        {
            throw NotReadable();
        }
    }

    private static bool Next(OpenXmlReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception broken) when (broken is System.Xml.XmlException or InvalidDataException)
        {
            throw NotReadable();
        }
    }

    private static ImportFileException NotReadable() => new("这不是正确的 .xlsx 文件。", "This is no sound .xlsx file.");

    private static List<string> SharedStrings(WorkbookPart workbook)
    {
        var texts = new List<string>();
        if (workbook.SharedStringTablePart is not { } part) return texts;
        using var reader = OpenXmlReader.Create(part);
        while (Next(reader))
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement) texts.Add(Plain((SharedStringItem)(reader.LoadCurrentElement() ?? new SharedStringItem())));
        return texts;
    }

    /// <summary>Without the phonetic readings that East Asian Excel keeps beside a text.</summary>
    private static string Plain(OpenXmlElement item) =>
        string.Concat(item.Elements().SelectMany(e => e is Text text ? [text.Text] : e is Run run ? run.Elements<Text>().Select(t => t.Text) : Enumerable.Empty<string>()));

    private static List<string> Cells(Row row, List<string> shared)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
            if (column > MostColumns) continue; // A forgotten format far to the right is no content.
            while (cells.Count <= column) cells.Add("");
            cells[column] = ValueOf(cell, shared);
        }

        return cells;
    }

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper)) column = Math.Min((column * 26) + letter - 'A' + 1, 100_000);
        return column == 0 ? null : column - 1;
    }

    private static string ValueOf(Cell cell, List<string> shared)
    {
        if (cell.DataType?.Value == CellValues.InlineString) return cell.InlineString is { } inline ? Plain(inline) : "";
        var text = cell.CellValue?.Text ?? "";
        if (cell.DataType?.Value == CellValues.SharedString) return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count ? shared[at] : "";
        // A long number that Excel keeps as 1.3900000001E10 is a mobile number still.
        return text.Contains('E', StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : text;
    }
}
