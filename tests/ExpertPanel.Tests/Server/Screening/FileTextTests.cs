using System.Text;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Server.Documents;
using ExpertPanel.Tests.Server.Reply;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using Xunit;

namespace ExpertPanel.Tests.Server.Screening;

/// <summary>The text beside a file, read by a process of its own as in service.</summary>
public sealed class FileTextTests : IDisposable
{
    private readonly FileReading reading = new(Options.Create(new ScreeningOptions { ReadTimeout = TimeSpan.FromSeconds(20) }), NullLogger<FileReading>.Instance);

    public void Dispose() => reading.Dispose();

    [Fact]
    public async Task The_text_of_a_pdf_and_of_a_docx_is_read()
    {
        var pdf = new PdfDocumentBuilder();
        var font = pdf.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var line in new[] { "Article 3 has no basis.", "Page two." }) pdf.AddPage(595, 842).AddText(line, 12, new PdfPoint(50, 700), font);

        var read = await ReadAsync(FileText.Pdf, pdf.Build());
        Assert.Equal((FileTextState.Read, 2, false), (read.State, read.Pages, read.IsCut));
        Assert.Contains("Article 3 has no basis.", read.Text, StringComparison.Ordinal);
        Assert.Contains("Page two.", read.Text, StringComparison.Ordinal);

        var docx = await ReadAsync(FileScreen.Docx, ConsultationLetterDocx.Write(DocumentSamples.Consultation, new DocumentFonts()));
        Assert.Equal(FileTextState.Read, docx.State);
        Assert.Contains("张䶮委员：\n", docx.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chinese_is_read_by_the_fonts_own_table()
    {
        var read = await ReadAsync(FileText.Pdf, ChinesePdf());

        Assert.Equal((FileTextState.Read, "合法𠮷"), (read.State, read.Text));
    }

    [Fact]
    public async Task Scanned_broken_and_other_files_say_so()
    {
        var blank = new PdfDocumentBuilder();
        blank.AddPage(595, 842);

        Assert.Equal(FileTextState.Pictures, (await ReadAsync(FileText.Pdf, blank.Build())).State);
        Assert.Equal(FileTextState.Unreadable, (await ReadAsync(FileText.Pdf, UploadSamples.Pdf)).State);
        Assert.Equal(FileTextState.NoText, (await ReadAsync("image/png", UploadSamples.Png)).State);
    }

    [Fact]
    public async Task A_pdf_that_unfolds_to_gigabytes_is_given_up_within_the_limits()
    {
        using var limited = new FileReading(Options.Create(new ScreeningOptions()), NullLogger<FileReading>.Instance);
        var began = TimeProvider.System.GetTimestamp();

        var read = await limited.ReadAsync(FileText.Pdf, PdfBomb(1_000_000_000), TestContext.Current.CancellationToken);

        Assert.NotEqual(FileTextState.Read, read.State);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(8));
    }

    private Task<FileText> ReadAsync(string type, byte[] content) => reading.ReadAsync(type, content, TestContext.Current.CancellationToken);

    /// <summary>A font of two bytes a character, whose table says what each means, as every printer of PDFs writes one.</summary>
    private static byte[] ChinesePdf()
    {
        const string table = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "3 beginbfchar <0001> <5408> <0002> <6CD5> <0003> <D842DFB7> endbfchar endcmap end end";
        const string page = "BT /F1 12 Tf 50 700 Td <000100020003> Tj ET";
        return Pdf(
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
            $"<</Length {page.Length}>>\nstream\n{page}\nendstream",
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>",
            "<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
            $"<</Length {table.Length}>>\nstream\n{table}\nendstream");
    }

    private static byte[] PdfBomb(int bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = new byte[1_000_000];
            spaces.AsSpan().Fill((byte)' ');
            for (var at = 0; at < bytes; at += spaces.Length) zlib.Write(spaces);
        }

        return Pdf(
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
            $"<</Filter/FlateDecode/Length {packed.Length}>>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream");
    }

    private static byte[] Pdf(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.5\n");
        var places = new List<int>();
        foreach (var (content, number) in objects.Select((content, number) => (content, number + 1)))
        {
            places.Add(file.Length);
            file.Append(number).Append(" 0 obj\n").Append(content).Append("\nendobj\n");
        }

        var table = file.Length;
        file.Append("xref\n0 ").Append(objects.Length + 1).Append("\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(place.ToString("D10", System.Globalization.CultureInfo.InvariantCulture)).Append(" 00000 n \n");
        file.Append("trailer\n<</Size ").Append(objects.Length + 1).Append("/Root 1 0 R>>\nstartxref\n").Append(table).Append("\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
