using System.Collections.Concurrent;
using System.Diagnostics;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>The program's verb <c>work</c> in a process of its own, which can be killed without a word and started again.</summary>
public sealed class WorkingProgram(string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    public string Output => string.Join('\n', output.TakeLast(30));

    public void Start()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server"), ["work"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["AppData"] = folder;
        process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: nothing is finished, nothing tidied up.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
