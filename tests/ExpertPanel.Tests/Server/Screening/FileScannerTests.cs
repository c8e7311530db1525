using ExpertPanel.Server.Data;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExpertPanel.Tests.Server.Screening;

/// <summary>Against a real clamd.</summary>
public sealed class FileScannerTests
{
    [Fact]
    public async Task The_scanner_tells_the_infected_from_the_clean_also_in_a_docx()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        var scanner = Scanner(clam.Address);

        Assert.Equal(ScanVerdict.Clean, await scanner.ScanAsync("意见：合法"u8.ToArray(), ct));
        Assert.Equal(ScanVerdict.Clean, await scanner.ScanAsync(new byte[30_000_000], ct));
        Assert.Equal(new ScanVerdict(ScanState.Infected, ClamServer.Find), await scanner.ScanAsync(ClamServer.Eicar, ct));
        Assert.Equal(new ScanVerdict(ScanState.Infected, ClamServer.Find), await scanner.ScanAsync(HostileFiles.Zip(("word/document.xml", "<x/>"u8.ToArray()), ("word/media/a.bin", ClamServer.Eicar)), ct));
    }

    [Fact]
    public async Task A_scanner_that_is_down_or_refuses_the_size_makes_nothing_clean()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        var scanner = Scanner(clam.Address);

        Assert.Equal(ScanVerdict.Waiting, await scanner.ScanAsync(new byte[45_000_000], ct));
        await clam.StopAsync();
        Assert.Equal(ScanVerdict.Waiting, await scanner.ScanAsync(ClamServer.Eicar, ct));
        Assert.Equal(ScanVerdict.Waiting, await Scanner("127.0.0.1:1").ScanAsync(ClamServer.Eicar, ct));
    }

    [Fact]
    public void What_is_given_out_depends_on_the_verdict_and_on_whether_there_is_a_scanner()
    {
        var (with, without) = (Scanner("127.0.0.1:1"), Scanner(""));
        string[] states = [ScanState.Waiting, ScanState.Clean, ScanState.Infected, ScanState.Barred];

        Assert.Equal([false, true, false, false], states.Select(with.MayServe));
        Assert.Equal([true, true, false, false], states.Select(without.MayServe));
    }

    private static FileScanner Scanner(string address) =>
        new(Options.Create(new ScreeningOptions { Scanner = address, ScanTimeout = TimeSpan.FromSeconds(10) }), NullLogger<FileScanner>.Instance);
}
