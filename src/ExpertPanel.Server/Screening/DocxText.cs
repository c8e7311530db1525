using System.IO.Compression;
using System.Text;
using System.Xml;

namespace ExpertPanel.Server.Screening;

/// <param name="Text">Its paragraphs, one a line.</param>
/// <param name="Tags">The content controls that begin in it, by their tags, each with its own text.</param>
public sealed record DocxCell(string Text, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// The text of a .docx, and of its tables cell by cell, read as a stream: no tree is built, so that neither size nor depth of a hostile
/// file costs more than its limits say. What a reader of the page does not see (deleted text, field codes, fallbacks) is left out.
/// </summary>
public sealed class DocxText
{
    public const long MostCharacters = 5_000_000;

    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string StrictWord = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    private const string Main = "word/document.xml";

    private static readonly HashSet<string> Unseen = new(StringComparer.Ordinal) { "del", "moveFrom", "instrText", "delText", "Fallback", "sdtPr" };

    private readonly StringBuilder text = new();
    private readonly StringBuilder cell = new();
    private readonly List<DocxCell> cells = [];
    private readonly List<(string Tag, int Start, int Depth)> controls = [];
    private readonly int most;
    private Dictionary<string, string> tags = new(StringComparer.Ordinal);
    private int cellDepth = -1;

    private DocxText(int most) => this.most = most;

    public string Text => text.ToString();

    public IReadOnlyList<DocxCell> Cells => cells;

    /// <summary>The text is longer than was asked for.</summary>
    public bool IsCut { get; private set; }

    /// <returns>Null where there is no readable document in it. The caller has screened the file.</returns>
    public static DocxText? Read(ReadOnlyMemory<byte> docx, int most, CancellationToken ct)
    {
        var read = new DocxText(most);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(docx.ToArray(), writable: false), ZipArchiveMode.Read);
            if (archive.GetEntry(Main) is not { } part) return null;
            using var xml = XmlReader.Create(part.Open(), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true, IgnoreProcessingInstructions = true });
            read.Walk(xml, ct);
            return read;
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException)
        {
            return null;
        }
    }

    private void Walk(XmlReader xml, CancellationToken ct)
    {
        var inText = false;
        for (var more = xml.Read(); more && !IsCut;)
        {
            ct.ThrowIfCancellationRequested();
            if (xml.NodeType == XmlNodeType.Element && Unseen.Contains(xml.LocalName))
            {
                if (xml.LocalName == "sdtPr") Tag(xml);
                // Skips what is in it, and stands on what follows.
                else xml.Skip();
                more = !xml.EOF;
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element && IsWord(xml)) inText = Begin(xml);
            else if (xml.NodeType == XmlNodeType.EndElement && IsWord(xml))
            {
                inText = false;
                End(xml);
            }
            else if (inText && xml.NodeType is (XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)) Add(xml.Value);

            more = xml.Read();
        }
    }

    private static bool IsWord(XmlReader xml) => xml.NamespaceURI is Word or StrictWord;

    /// <returns>Whether text follows.</returns>
    private bool Begin(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "t":
                return !xml.IsEmptyElement;
            case "tab":
                Add("\t");
                break;
            case "br" or "cr":
                Add("\n");
                break;
            case "sym":
                Add(Symbol(xml.GetAttribute("char", xml.NamespaceURI)));
                break;
            case "p" when xml.IsEmptyElement:
                Add("\n");
                break;
            case "tc" when cellDepth < 0 && !xml.IsEmptyElement:
                cellDepth = xml.Depth;
                break;
        }

        return false;
    }

    private void End(XmlReader xml)
    {
        if (xml.LocalName == "p") Add("\n");
        if (xml.LocalName == "sdt" && controls is [.., var last] && last.Depth == xml.Depth)
        {
            controls.RemoveAt(controls.Count - 1);
            // Outside a table a control is a cell of its own.
            var own = (cellDepth >= 0 ? cell : text).ToString(last.Start, (cellDepth >= 0 ? cell : text).Length - last.Start).Trim('\n');
            if (cellDepth >= 0) tags.TryAdd(last.Tag, own);
            else cells.Add(new(own, new Dictionary<string, string>(StringComparer.Ordinal) { [last.Tag] = own }));
        }

        if (xml.LocalName != "tc" || xml.Depth != cellDepth) return;
        cells.Add(new(cell.ToString().TrimEnd('\n'), tags));
        cell.Clear();
        controls.RemoveAll(c => c.Depth > cellDepth);
        tags = new(StringComparer.Ordinal);
        cellDepth = -1;
    }

    /// <summary>Takes the tag out of a control's properties and stands behind them.</summary>
    private void Tag(XmlReader xml)
    {
        var depth = xml.Depth - 1;
        using (var properties = xml.ReadSubtree())
            while (properties.Read())
                if (properties is { NodeType: XmlNodeType.Element, LocalName: "tag" } && properties.GetAttribute("val", properties.NamespaceURI) is { Length: > 0 } tag)
                    controls.Add((tag, (cellDepth >= 0 ? cell : text).Length, depth));
        xml.Read();
    }

    private void Add(string piece)
    {
        if (text.Length + piece.Length > most)
        {
            IsCut = true;
            piece = piece[..Math.Max(0, most - text.Length)];
        }

        text.Append(piece);
        if (cellDepth >= 0) cell.Append(piece);
    }

    /// <summary>Boxes and ticks of Wingdings, as Word and WPS insert them.</summary>
    private static string Symbol(string? code) => code?.ToUpperInvariant() switch
    {
        "F0FE" or "F052" or "F0FC" or "F050" or "00FE" or "0052" => "☑",
        "F0A8" or "F0A3" or "F06F" or "00A8" => "□",
        _ => "",
    };
}
