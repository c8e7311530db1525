using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Documents;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

public sealed class OfficialLetterTests
{
    private static readonly DocumentFonts Fonts = new();

    public static TheoryData<string> Kinds => [.. Writers.Keys];

    private static readonly Dictionary<string, Func<byte[]>> Writers = new(StringComparer.Ordinal)
    {
        ["opinion"] = () => ReviewOpinionDocx.Write(DocumentSamples.Opinion, Fonts),
        ["consultation"] = () => ConsultationLetterDocx.Write(DocumentSamples.Consultation, Fonts),
        ["supplement"] = () => SupplementNoticeDocx.Write(DocumentSamples.Supplement, Fonts),
        ["decline"] = () => DeclineNoticeDocx.Write(DocumentSamples.Decline, Fonts),
        ["dispatch"] = () => DispatchSheetDocx.Write(DocumentSamples.Dispatch, Fonts),
        ["minutes"] = () => MeetingMinutesDocx.Write(DocumentSamples.Minutes, Fonts),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_document_is_valid_Open_XML(string kind) => Assert.Empty(OpenFile.Problems(Writers[kind]()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_record_gives_the_same_bytes(string kind) => Assert.Equal(Writers[kind](), Writers[kind]());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_paper_and_the_text_area_are_those_of_the_standard(string kind)
    {
        var (size, margin, grid) = OpenFile.Word(Writers[kind](), document =>
        {
            var section = OpenFile.Body(document).GetFirstChild<SectionProperties>()!;
            return (section.GetFirstChild<PageSize>()!, section.GetFirstChild<PageMargin>()!, section.GetFirstChild<DocGrid>()!);
        });

        Assert.Equal((11906u, 16838u), (size.Width!.Value, size.Height!.Value));
        Assert.Equal((2098, 1984), (margin.Top!.Value, margin.Bottom!.Value));
        Assert.Equal((1587u, 1474u), (margin.Left!.Value, margin.Right!.Value));
        // 156 x 225 mm, 22 lines.
        Assert.Equal(156, (11906 - 1587 - 1474) * 25.4 / 1440, 0.1);
        Assert.Equal(225, (16838 - 2098 - 1984) * 25.4 / 1440, 0.1);
        Assert.Equal(579, grid.LinePitch!.Value);
        Assert.Equal(22, (16838 - 2098 - 1984) / grid.LinePitch.Value);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_names_the_office_and_nobody_else(string kind)
    {
        var properties = OpenFile.Entries(Writers[kind]())["docProps/core.xml"];

        Assert.Contains($"<dc:creator>{DocumentSamples.Office}</dc:creator>", properties, StringComparison.Ordinal);
        Assert.DoesNotContain("lastModifiedBy", properties, StringComparison.Ordinal);
        Assert.DoesNotContain("李某", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_carry_no_time_of_their_own()
    {
        using var archive = new ZipArchive(new MemoryStream(Writers["opinion"]()));

        Assert.All(archive.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        Assert.Equal("[Content_Types].xml", archive.Entries[0].FullName);
    }

    [Fact]
    public void A_letter_has_its_red_name_and_two_double_lines_on_page_one_only()
    {
        OpenFile.Word(Writers["opinion"](), document =>
        {
            var section = OpenFile.Body(document).GetFirstChild<SectionProperties>()!;
            var first = Assert.Single(section.Elements<HeaderReference>());
            var header = ((HeaderPart)document.MainDocumentPart!.GetPartById(first.Id!)).Header!;

            Assert.Equal(HeaderFooterValues.First, first.Type!.Value);
            Assert.NotNull(section.GetFirstChild<TitlePage>());
            Assert.Equal(DocumentSamples.Office, header.InnerText[..DocumentSamples.Office.Length]);
            Assert.All(header.Descendants<Run>().Where(run => run.InnerText.Contains('甘', StringComparison.Ordinal)), run => Assert.Equal("FF0000", run.RunProperties!.Color!.Val!.Value));
            // Thick above thin, 30 mm + 36 pt + 4 mm from the top; thin above thick, 20 mm from the foot; 170 mm long.
            var lines = header.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.Anchor>()
                .Select(anchor => (Top: long.Parse(anchor.VerticalPosition!.PositionOffset!.Text, System.Globalization.CultureInfo.InvariantCulture), Height: anchor.Extent!.Cy!.Value, Length: anchor.Extent.Cx!.Value))
                .ToList();
            Assert.Equal(4, lines.Count);
            Assert.All(lines, line => Assert.Equal(170 * 36_000, line.Length));
            Assert.Equal(30 + 12.7 + 4, lines[0].Top / 36_000.0, 0.01);
            Assert.True(lines[0].Height > lines[1].Height && lines[0].Top < lines[1].Top);
            Assert.Equal(277, lines[2].Top / 36_000.0, 0.01);
            Assert.True(lines[2].Height < lines[3].Height && lines[2].Top < lines[3].Top);
            return true;
        });
    }

    [Fact]
    public void Pages_are_numbered_from_the_second_outside_left_and_right()
    {
        OpenFile.Word(Writers["opinion"](), document =>
        {
            var section = OpenFile.Body(document).GetFirstChild<SectionProperties>()!;
            var footers = section.Elements<FooterReference>().ToDictionary(
                reference => reference.Type!.Value, reference => ((FooterPart)document.MainDocumentPart!.GetPartById(reference.Id!)).Footer!);

            Assert.Equal("", footers[HeaderFooterValues.First].InnerText);
            Assert.Equal(JustificationValues.Right, footers[HeaderFooterValues.Default].Descendants<Justification>().Single().Val!.Value);
            Assert.Equal(JustificationValues.Left, footers[HeaderFooterValues.Even].Descendants<Justification>().Single().Val!.Value);
            Assert.All([footers[HeaderFooterValues.Default], footers[HeaderFooterValues.Even]], footer => Assert.Matches("^— .* —$", footer.InnerText));
            Assert.NotNull(document.MainDocumentPart!.DocumentSettingsPart!.Settings!.GetFirstChild<EvenAndOddHeaders>());
            return true;
        });
    }

    [Fact]
    public void Type_faces_can_be_configured_and_name_their_substitutes()
    {
        var fonts = Fonts with { Body = new FontChoice("仿宋", "FangSong") };

        var (faces, body) = OpenFile.Word(ReviewOpinionDocx.Write(DocumentSamples.Opinion, fonts), document => (
            document.MainDocumentPart!.FontTablePart!.Fonts!.Elements<Font>().ToDictionary(face => face.Name!.Value!, face => face.AltName?.Val?.Value),
            document.MainDocumentPart.StyleDefinitionsPart!.Styles!.DocDefaults!.RunPropertiesDefault!.RunPropertiesBaseStyle!));

        Assert.Equal("FangSong", faces["仿宋"]);
        Assert.StartsWith("SimHei", faces["黑体"], StringComparison.Ordinal);
        Assert.Equal(("仿宋", "32"), (body.RunFonts!.EastAsia!.Value, body.FontSize!.Val!.Value));
    }

    [Fact]
    public void A_draft_without_number_and_date_leaves_their_places_open()
    {
        var draft = DocumentSamples.Opinion with { Frame = DocumentSamples.Opinion.Frame with { Number = null, IssuedOn = null } };

        var file = ReviewOpinionDocx.Write(draft, Fonts);

        Assert.DoesNotContain(OpenFile.Lines(file), line => line.Contains('〔', StringComparison.Ordinal) && line.EndsWith("12号", StringComparison.Ordinal));
        Assert.Contains("　　　　年　　月　　日", OpenFile.Lines(file));
        Assert.Empty(OpenFile.Problems(file));
    }

    [Fact]
    public void The_letter_form_prints_copies_alone_and_the_full_imprint_only_when_asked()
    {
        var plain = OpenFile.Lines(Writers["opinion"]());
        var full = OpenFile.Lines(ReviewOpinionDocx.Write(
            DocumentSamples.Opinion with { Frame = DocumentSamples.Opinion.Frame with { Imprint = new ImprintLine("省政府法制办秘书处", new DateOnly(2014, 10, 10)) } }, Fonts));

        Assert.Equal("抄送：省人民政府办公厅，省发展和改革委员会，省环境保护厅。", plain[^1]);
        Assert.Equal("省政府法制办秘书处2014年10月10日印发", full[^1]);
    }

    [Fact]
    public void Only_a_letter_upward_shows_who_signed_it()
    {
        var upward = DocumentSamples.Opinion with { Frame = DocumentSamples.Opinion.Frame with { Upward = true, PrimaryRecipient = "省人民政府" } };

        Assert.Contains(OpenFile.Lines(ReviewOpinionDocx.Write(upward, Fonts)), line => line.EndsWith("签发人：李某　", StringComparison.Ordinal));
        Assert.DoesNotContain(OpenFile.Lines(Writers["opinion"]()), line => line.Contains("李某", StringComparison.Ordinal));
    }
}
