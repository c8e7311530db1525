using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>Reads a written file back through the SDK, as a stranger's program would.</summary>
internal static class OpenFile
{
    public static T Word<T>(byte[] file, Func<WordprocessingDocument, T> read)
    {
        using var stream = new MemoryStream(file, writable: false);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        return read(document);
    }

    public static T Excel<T>(byte[] file, Func<SpreadsheetDocument, T> read)
    {
        using var stream = new MemoryStream(file, writable: false);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        return read(document);
    }

    public static Body Body(WordprocessingDocument document) => document.MainDocumentPart!.Document!.Body!;

    /// <summary>The paragraphs in order, those of tables included, empty ones left out.</summary>
    public static IReadOnlyList<string> Lines(byte[] file) => Word(file, document =>
        Body(document).Descendants<Paragraph>().Select(paragraph => paragraph.InnerText).Where(text => text.Length > 0).ToList());

    public static IReadOnlyList<string> Problems(byte[] file) => Word(file, Validate);

    public static IReadOnlyList<string> Validate(OpenXmlPackage package) =>
        [.. new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(package).Select(problem => $"{problem.Part?.Uri} {problem.Path?.XPath}: {problem.Description}")];

    public static IReadOnlyDictionary<string, string> Entries(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file, writable: false));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
