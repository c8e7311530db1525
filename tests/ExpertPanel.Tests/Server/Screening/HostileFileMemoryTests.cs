using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Screening;
using Xunit;

namespace ExpertPanel.Tests.Server.Screening;

/// <summary>Each in a process of its own that may use 256 MB of heap: the check says its reason within five seconds, the program's start included.</summary>
public sealed class HostileFileMemoryTests(ITestOutputHelper output)
{
    private const string HeapLimit = "0x10000000";

    [Theory]
    [InlineData("400 MB in a docx", FileFault.Ratio)]
    [InlineData("400 MB that says 1 KB", FileFault.Size)]
    [InlineData("190 MB of noise in a zip", null)]
    [InlineData("an external entity in a docx", FileFault.Dtd)]
    [InlineData("a zip of zips of zips", FileFault.Nested)]
    [InlineData("600,000 empty parts", FileFault.Entries)]
    [InlineData("25 MB of nested tables in a docx", null)]
    public async Task A_hostile_file_is_settled_within_256_MB_and_five_seconds(string name, string? fault)
    {
        var ct = TestContext.Current.CancellationToken;
        var content = Build(name);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server"), [FileReading.Verb])
            { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        var began = TimeProvider.System.GetTimestamp();

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        var (json, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.StandardInput.BaseStream.WriteAsync(content, ct);
        process.StandardInput.Close();
        await process.WaitForExitAsync(ct);

        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine(FormattableString.Invariant($"{name}: {content.Length} bytes, {took.TotalMilliseconds:F0} ms with the program's start"));
        Assert.Equal("", await error);
        using var verdict = JsonDocument.Parse(await json);
        Assert.Equal(fault, verdict.RootElement.GetProperty("fault").GetString());
        Assert.DoesNotContain("root:", verdict.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(took < TimeSpan.FromSeconds(5), $"{took}");
    }

    private static byte[] Build(string name) => name switch
    {
        "400 MB in a docx" => HostileFiles.Bomb(400_000_000),
        "400 MB that says 1 KB" => HostileFiles.LyingBomb(400_000_000),
        "190 MB of noise in a zip" => HostileFiles.Zip([.. Enumerable.Range(0, 19).Select(i => ($"{i}.txt", Noise(i)))]),
        "an external entity in a docx" => HostileFiles.Zip(("word/document.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>"))),
        "a zip of zips of zips" => HostileFiles.Nested(3),
        "600,000 empty parts" => HostileFiles.ManyEntries(600_000),
        "25 MB of nested tables in a docx" => HostileFiles.Zip(("word/document.xml", Encoding.UTF8.GetBytes("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" + string.Concat(Enumerable.Repeat("<w:tbl><w:tc>", 1_900_000))))),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such file."),
    };

    /// <summary>Compresses to about a tenth.</summary>
    private static byte[] Noise(int seed)
    {
        var noise = new byte[10_000_000];
        for (var at = 0; at < noise.Length; at++) noise[at] = (byte)((at % 97) + ((at / 4096 * (seed + 3)) % 31));
        return noise;
    }
}
