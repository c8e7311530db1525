using System.Globalization;
using System.Text;
using System.Xml;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>Streams the rows of one sheet. Text goes into inline string cells and nowhere else, so no value can become a formula.</summary>
internal sealed class ExcelSheetWriter(Stream content, IReadOnlyList<ExcelColumn> columns)
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int HeaderRow = 3;
    private const int SampledRows = 200;
    private const double Narrowest = 6;
    private const double Widest = 48;

    // Excel counts in 15 digits; the 16th of an ID or account number would become a zero.
    private const long LargestExactNumber = 999_999_999_999_999;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    // Excel believes in 29 February 1900: serial numbers hold from the day after.
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);

    private readonly XmlWriter _xml = XmlWriter.Create(content, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A line break within a cell is the writer's own; it may not depend on the machine that exports.
        NewLineHandling = NewLineHandling.Entitize,
    });

    private readonly string[] _letters = [.. Enumerable.Range(0, columns.Count).Select(ColumnLetters)];
    private readonly decimal?[] _totals = [.. columns.Select(column => column.Total ? 0m : (decimal?)null)];
    private readonly bool[] _amounts = new bool[columns.Count];

    public void Write(string title, string asOf, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var ahead = rows.GetEnumerator();
        var sample = new List<IReadOnlyList<object?>>();
        while (sample.Count < SampledRows && ahead.MoveNext())
            sample.Add(ahead.Current);

        _xml.WriteStartElement("worksheet", Main);
        _xml.WriteRaw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        _xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        WriteWidths(sample);
        _xml.WriteStartElement("sheetData", Main);
        WriteRow(1, () => WriteText(0, 1, title, ExcelStyles.Title), height: 30);
        WriteRow(2, () => WriteText(0, 2, asOf, ExcelStyles.AsOf));
        WriteRow(HeaderRow, WriteHeader);
        var last = HeaderRow;
        foreach (var row in sample)
            WriteValues(++last, row);
        while (ahead.MoveNext())
            WriteValues(++last, ahead.Current);
        if (columns.Any(column => column.Total))
            WriteRow(last + 1, () => WriteTotals(last + 1));
        _xml.WriteEndElement();
        WriteAfterRows(last);
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    private void WriteWidths(List<IReadOnlyList<object?>> sample)
    {
        _xml.WriteStartElement("cols", Main);
        for (var i = 0; i < columns.Count; i++)
        {
            var width = columns[i].Width ?? Math.Clamp(
                sample.Where(row => i < row.Count).Select(row => ShownWidth(row[i])).Append(ExcelText.Width(columns[i].Header) + 2).Max() + 2,
                Narrowest,
                Widest);
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            _xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{number}\" max=\"{number}\" width=\"{width:0.##}\" customWidth=\"1\"/>"));
        }
        _xml.WriteEndElement();
    }

    private static int ShownWidth(object? value) => value switch
    {
        null => 0,
        string text => ExcelText.Width(text),
        DateOnly => 14,
        DateTimeOffset => 20,
        _ => ExcelText.Width(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private void WriteHeader()
    {
        for (var i = 0; i < columns.Count; i++)
            WriteText(i, HeaderRow, columns[i].Header, ExcelStyles.Header);
    }

    private void WriteValues(int number, IReadOnlyList<object?> values)
    {
        if (values.Count != columns.Count)
            throw new ArgumentException($"Row {number - HeaderRow} has {values.Count} values for {columns.Count} columns.", nameof(values));
        WriteRow(number, () =>
        {
            for (var i = 0; i < values.Count; i++)
                WriteValue(i, number, values[i]);
        });
    }

    private void WriteValue(int column, int row, object? value)
    {
        switch (value)
        {
            case bool yes:
                WriteText(column, row, yes ? "是" : "否", ExcelStyles.Text);
                break;
            case DateOnly day when day >= FirstSafeDay:
                WriteNumber(column, row, day.DayNumber - DayZero.DayNumber, ExcelStyles.Date);
                break;
            case DateOnly day:
                WriteText(column, row, DocumentText.Date(day), ExcelStyles.Text);
                break;
            case DateTimeOffset time:
                var local = time.ToOffset(ChinaOffset);
                // Whole minutes, as the format shows them.
                var days = DateOnly.FromDateTime(local.DateTime).DayNumber - DayZero.DayNumber + Math.Round((local.Hour * 60 + local.Minute) / 1440m, 10);
                WriteNumber(column, row, days, ExcelStyles.Time);
                break;
            case sbyte or byte or short or ushort or int or uint or long when Math.Abs(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) <= LargestExactNumber:
                Count(column, row, Convert.ToDecimal(value, CultureInfo.InvariantCulture), ExcelStyles.Number);
                break;
            case decimal amount when Math.Abs(amount) <= LargestExactNumber / 100:
                _amounts[column] = true;
                Count(column, row, amount, ExcelStyles.Amount);
                break;
            case double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var real && Math.Abs(real) <= LargestExactNumber:
                Count(column, row, (decimal)real, ExcelStyles.Number);
                break;
            default:
                WriteText(column, row, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", ExcelStyles.Text);
                break;
        }
    }

    private void Count(int column, int row, decimal value, int style)
    {
        _totals[column] += value;
        WriteNumber(column, row, value, style);
    }

    private void WriteTotals(int row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (_totals[i] is { } total)
                WriteNumber(i, row, total, _amounts[i] ? ExcelStyles.TotalAmount : ExcelStyles.TotalNumber);
            else
                WriteText(i, row, i == 0 ? "合计" : "", ExcelStyles.TotalText);
        }
    }

    private void WriteRow(int number, Action writeCells, double? height = null)
    {
        _xml.WriteStartElement("row", Main);
        _xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        if (height is { } points)
        {
            _xml.WriteAttributeString("ht", points.ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("customHeight", "1");
        }
        writeCells();
        _xml.WriteEndElement();
    }

    private void WriteText(int column, int row, string text, int style)
    {
        StartCell(column, row, style);
        if (text.Length > 0)
        {
            _xml.WriteAttributeString("t", "inlineStr");
            _xml.WriteStartElement("is", Main);
            _xml.WriteStartElement("t", Main);
            _xml.WriteAttributeString("xml", "space", ns: null, "preserve");
            _xml.WriteString(ExcelText.Of(text));
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
    }

    private void WriteNumber(int column, int row, decimal value, int style)
    {
        StartCell(column, row, style);
        _xml.WriteElementString("v", Main, value.ToString(CultureInfo.InvariantCulture));
        _xml.WriteEndElement();
    }

    private void StartCell(int column, int row, int style)
    {
        _xml.WriteStartElement("c", Main);
        _xml.WriteAttributeString("r", _letters[column] + row.ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteAfterRows(int last)
    {
        var lastColumn = _letters[^1];
        _xml.WriteRaw($"<autoFilter ref=\"A{HeaderRow}:{lastColumn}{last}\"/>");
        if (columns.Count > 1)
            _xml.WriteRaw($"<mergeCells count=\"2\"><mergeCell ref=\"A1:{lastColumn}1\"/><mergeCell ref=\"A2:{lastColumn}2\"/></mergeCells>");
        _xml.WriteRaw("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
        _xml.WriteRaw("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>");
        _xml.WriteRaw("<headerFooter><oddFooter>&amp;C第&amp;P页，共&amp;N页</oddFooter></headerFooter>");
    }

    private static string ColumnLetters(int index)
    {
        var letters = "";
        for (var rest = index; rest >= 0; rest = rest / 26 - 1)
            letters = (char)('A' + rest % 26) + letters;
        return letters;
    }
}
