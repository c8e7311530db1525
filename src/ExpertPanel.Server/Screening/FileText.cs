using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace ExpertPanel.Server.Screening;

/// <summary>How far a program could read a file; its words are <c>FileText.*</c>.</summary>
public enum FileTextState
{
    Read,
    /// <summary>Pages without letters: scanned, or drawn.</summary>
    Pictures,
    /// <summary>Not within the limits of time and memory.</summary>
    TooCostly,
    Unreadable,
    /// <summary>Of a kind that is not read.</summary>
    NoText,
}

/// <param name="Pages">Of a PDF; 0 where there are none.</param>
/// <param name="IsCut">There is more than is shown.</param>
public sealed record FileText(FileTextState State, string Text, int Pages, bool IsCut)
{
    public const string Pdf = "application/pdf";

    private const int MostPages = 60;
    private const int MostText = 200_000;

    public static FileText None(FileTextState state) => new(state, "", 0, IsCut: false);

    public static bool IsReadable(string type) => type is Pdf or FileScreen.Docx or "text/plain";

    /// <summary>Reads in this very process; whoever serves pages asks <see cref="FileReading"/>, which has one started for it.</summary>
    public static FileText Of(byte[] content)
    {
        try
        {
            return MediaTypeSniffer.Sniff(content) switch
            {
                Pdf => OfPdf(content),
                FileScreen.Docx => DocxText.Read(content, MostText, CancellationToken.None) is { } docx ? new(FileTextState.Read, docx.Text.Trim('\n'), 0, docx.IsCut) : None(FileTextState.Unreadable),
                _ => None(FileTextState.NoText),
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The outermost edge of a reading process: a stranger's file met a parser, and no fault of either is more than "can't be read".
            return None(FileTextState.Unreadable);
        }
    }

    private static FileText OfPdf(byte[] content)
    {
        using var pdf = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        var text = new StringBuilder();
        var pages = Math.Min(pdf.NumberOfPages, MostPages);
        for (var number = 1; number <= pages && text.Length < MostText; number++)
            text.Append(ContentOrderTextExtractor.GetText(pdf.GetPage(number), addDoubleNewline: false)).Append('\n');
        var isCut = pages < pdf.NumberOfPages || text.Length > MostText;
        if (text.Length > MostText) text.Length = MostText;
        var read = text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        return read.Any(char.IsLetterOrDigit) ? new(FileTextState.Read, read, pdf.NumberOfPages, isCut) : new(FileTextState.Pictures, "", pdf.NumberOfPages, isCut);
    }
}
