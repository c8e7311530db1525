using System.Text;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Server.Reply;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExpertPanel.Tests.Server.Screening;

public sealed class FileScreenTests
{
    private static readonly byte[] Text = "<x/>"u8.ToArray();

    public static TheoryData<string, byte[], string?> Files => new()
    {
        { "pdf", UploadSamples.Pdf, null },
        { "docx", UploadSamples.Docx, null },
        { "ofd", UploadSamples.Ofd, null },
        { "text", Encoding.UTF8.GetBytes("意见：合法"), null },
        { "doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("WordDocument")], null },
        { "zip", HostileFiles.Zip(("a.txt", Text), ("b/c.txt", Text)), null },
        { "a zip with an Office file in it", HostileFiles.Zip(("a.docx", UploadSamples.Docx)), null },
        { "a document with a table embedded", HostileFiles.Zip(("word/document.xml", Text), ("word/embeddings/a.xlsx", HostileFiles.Zip(("xl/workbook.xml", Text)))), null },
        { "a program", UploadSamples.Exe, FileFault.Kind },
        { "html", Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>"), FileFault.Kind },
        { "rar", Encoding.ASCII.GetBytes("Rar!\x1a\x07 and so on"), FileFault.Kind },
        { "an Office file with a password", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage")], FileFault.Encrypted },
        { "an encrypted part", HostileFiles.Encrypted(), FileFault.Encrypted },
        { "400 MB", HostileFiles.Bomb(400_000_000), FileFault.Ratio },
        { "400 MB that says 1 KB", HostileFiles.LyingBomb(400_000_000), FileFault.Size },
        { "overlapping parts", HostileFiles.Overlapping(), FileFault.Ratio },
        { "too many parts", HostileFiles.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"word/{i}.xml", Array.Empty<byte>()))]), FileFault.Entries },
        { "a zip of zips of zips", HostileFiles.Nested(3), FileFault.Nested },
        { "a rar in a zip", HostileFiles.Zip(("a.rar", Encoding.ASCII.GetBytes("Rar!\x1a\x07 and so on"))), FileFault.Nested },
        { "a program in a zip", HostileFiles.Zip(("发票.pdf", UploadSamples.Exe)), FileFault.Program },
        { "a name that climbs", HostileFiles.Zip(("../../etc/cron.d/x", Text)), FileFault.Path },
        { "a name from the root", HostileFiles.Zip(("/etc/passwd", Text)), FileFault.Path },
        { "a name of Windows that climbs", HostileFiles.Zip(("a\\..\\..\\x", Text)), FileFault.Path },
        { "an external entity", HostileFiles.Zip(("word/document.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>"))), FileFault.Dtd },
        { "a document type in UTF-16", HostileFiles.Utf16Doctype(), FileFault.Dtd },
        { "a document type across two pieces", HostileFiles.LateDoctype(), FileFault.Dtd },
        { "a cut archive", UploadSamples.Docx[..^30], FileFault.Kind },
        { "a broken archive", [.. UploadSamples.Docx[..40], .. new byte[30], .. UploadSamples.Docx[70..]], FileFault.Broken },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_taken_or_refused_for_its_reason_within_five_seconds(string name, byte[] content, string? fault)
    {
        var screen = new FileScreen(Options.Create(new ScreeningOptions()));
        var began = TimeProvider.System.GetTimestamp();

        var screened = screen.Check(MediaTypeSniffer.Sniff(content), content);

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5), name);
        Assert.True(fault == screened.Fault || (name == "a cut archive" && screened.Fault is FileFault.Broken), $"{name}: {screened.Fault}");
    }

    [Fact]
    public void Macros_are_marked_and_not_refused()
    {
        var screen = new FileScreen(Options.Create(new ScreeningOptions()));
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("WordDocument_VBA_PROJECT")];

        Assert.Equal(new Screened(null, HasMacros: true), Of(HostileFiles.Zip(("word/document.xml", Text), ("word/vbaProject.bin", Text))));
        Assert.Equal(new Screened(null, HasMacros: true), Of(old));
        Assert.Equal(new Screened(null, HasMacros: false), Of(UploadSamples.Docx));

        Screened Of(byte[] content) => screen.Check(MediaTypeSniffer.Sniff(content), content);
    }

    [Fact]
    public void What_a_zip_may_be_is_the_settings_to_say()
    {
        var zip = HostileFiles.Zip(("a.txt", new byte[3_000_000]));
        var small = new ScreeningOptions { MostUnfolded = 2 * 1024 * 1024 };

        Assert.Equal(FileFault.Kind, new FileScreen(Options.Create(new ScreeningOptions { AllowZip = false })).Check("application/zip", zip).Fault);
        Assert.Equal(FileFault.Size, new FileScreen(Options.Create(small)).Check("application/zip", zip).Fault);
        Assert.Null(new FileScreen(Options.Create(new ScreeningOptions())).Check("application/zip", zip).Fault);
    }

    [Fact]
    public void A_wrong_setting_is_named()
    {
        Assert.Empty(new ScreeningOptions().Problems());
        Assert.Empty(new ScreeningOptions { Scanner = "/run/clamav/clamd.ctl" }.Problems());
        Assert.Empty(new ScreeningOptions { Scanner = "[::1]:3310" }.Problems());
        var wrong = new ScreeningOptions { Scanner = "clamav", MostEntries = 0, MostRatio = 1, MostUnfolded = 1, ScanTimeout = TimeSpan.Zero, ScanRetry = TimeSpan.Zero, ReadTimeout = TimeSpan.Zero };
        Assert.Equal(7, wrong.Problems().Count());
        Assert.Contains("Screening:Scanner: 'clamav' is no address", string.Join('\n', wrong.Problems()), StringComparison.Ordinal);
    }
}
