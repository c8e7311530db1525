using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ExpertPanel.Tests.Mail;

/// <summary>Each in a process of its own that may use 256 MB of heap: a verdict all the same.</summary>
public sealed class HostileMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const string HeapLimit = "0x10000000";

    private const string Head = "From: a@example.cn\r\nTo: opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test\r\nMIME-Version: 1.0\r\n";

    private const string Mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";

    private const string Entity = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";

    private readonly string folder = Directory.CreateTempSubdirectory("expertpanel-hostile-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("50 MB header line", "oversized")]
    [InlineData("200,000 headers", "header-too-long")]
    [InlineData("5,000 nested parts", "too-deep")]
    [InlineData("a million parts", "too-many-parts")]
    [InlineData("400 MB in a docx", "well-formed")]
    [InlineData("an external entity in a docx", "well-formed")]
    [InlineData("an external entity in the body", "well-formed")]
    [InlineData("24 MB attachment", "well-formed")]
    [InlineData("24 MB of one text line", "text-too-long")]
    [InlineData("399,000 nested div beside plain text", "well-formed")]
    [InlineData("10,000 frames", "well-formed")]
    public async Task A_hostile_mail_is_settled_within_256_MB(string name, string reason)
    {
        var file = Path.Combine(folder, "hostile.eml");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(Build(name)), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server"), ["read-mail", file, "--json"])
            { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        var began = TimeProvider.System.GetTimestamp();

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var json = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.WriteLine(FormattableString.Invariant($"{name}: {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:F0} ms with the program's start"));
        Assert.Equal("", await error);
        using var verdict = JsonDocument.Parse(json);
        // The limit here is memory: a slow machine may end a long page by its time budget instead, which is a verdict too.
        string[] settled = name.EndsWith("frames", StringComparison.Ordinal) || name == "399,000 nested div beside plain text" ? [reason, "html-too-complex", "time-budget"] : [reason];
        Assert.Contains(verdict.RootElement.GetProperty("reason").GetString(), settled);
        Assert.DoesNotContain("root:", verdict.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static string Build(string name) => name switch
    {
        "50 MB header line" => Head + "X-Long: " + new string('x', 50_000_000) + "\r\n\r\nhi",
        "200,000 headers" => Head + Repeat("X-A: b\r\n", 200_000) + "\r\nhi",
        "5,000 nested parts" => Head + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) + "\r\nhi",
        "a million parts" => Head + Mixed + Repeat("\r\nx\r\n--b\r\n", 1_000_000),
        "400 MB in a docx" => Attached(Docx(document => document.Write(new byte[400_000_000]))),
        "an external entity in a docx" => Attached(Docx(document => document.Write(Encoding.UTF8.GetBytes(Entity + "<w:document>&x;</w:document>")))),
        "an external entity in the body" => Head + "Content-Type: text/html\r\n\r\n" + Entity + "<p>I agree. &x;</p>",
        "24 MB attachment" => Attached(new byte[17_000_000]),
        "24 MB of one text line" => Head + "\r\n" + new string('x', 24_000_000),
        "399,000 nested div beside plain text" => Head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nI agree.\r\n--b\r\nContent-Type: text/html\r\n\r\n" + Repeat("<div>", 399_000) + "hi\r\n--b--\r\n",
        "10,000 frames" => Head + "Content-Type: text/html\r\n\r\nI agree." + Repeat("<blockquote>On 2014 at 10:00 a@b.cn wrote:<br>x</blockquote>y", 10_000),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such mail."),
    };

    private static string Attached(byte[] content) =>
        Head + Mixed + "\r\nhi\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.docx\r\n\r\n"
        + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n--b--\r\n";

    private static byte[] Docx(Action<Stream> write)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var document = zip.CreateEntry("word/document.xml").Open())
            write(document);
        return file.ToArray();
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
