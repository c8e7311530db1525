using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Screening;

/// <summary>
/// Has a file's text read by a process of its own, which may use so much memory and time and no more: a stranger's PDF can be made to cost a
/// reader gigabytes. What is read is shown and kept nowhere.
/// </summary>
public sealed class FileReading(IOptions<ScreeningOptions> options, ILogger<FileReading> log) : IDisposable
{
    public const string Verb = "read-file";

    /// <summary>192 MB, in hex as the runtime wants it; with the program itself less than 256 MB.</summary>
    private const string HeapLimit = "0xC000000";

    private const int AtOnce = 2;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    private readonly SemaphoreSlim places = new(AtOnce);

    public async Task<FileText> ReadAsync(string type, byte[] content, CancellationToken ct)
    {
        if (!FileText.IsReadable(type)) return FileText.None(FileTextState.NoText);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.ReadTimeout);
        try
        {
            await places.WaitAsync(patience.Token);
            try
            {
                return await RunAsync(content, patience.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return FileText.None(FileTextState.TooCostly);
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<FileText> RunAsync(byte[] content, CancellationToken ct)
    {
        using var process = Process.Start(Start()) ?? throw new InvalidOperationException("The reading process did not start.");
        try
        {
            var answer = process.StandardOutput.ReadToEndAsync(ct);
            var complaints = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(content, ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it had read everything; its exit code says enough.
            }

            await process.WaitForExitAsync(ct);
            await complaints;
            if (process.ExitCode == 0 && JsonSerializer.Deserialize<FileText>(await answer, Json) is { } text) return text;
            log.LogWarning("A file could not be read within the limits: exit code {Code}", process.ExitCode);
            return FileText.None(FileTextState.TooCostly);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>This very program, without the settings and secrets that its environment may hold.</summary>
    private static ProcessStartInfo Start()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server");
        var program = new[] { beside, beside + ".exe" }.FirstOrDefault(File.Exists);
        var start = new ProcessStartInfo(program ?? "dotnet", program is null ? [beside + ".dll", Verb] : [Verb])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "TMPDIR" or "TEMP" or "SystemRoot" or "DOTNET_ROOT")).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
