namespace ExpertPanel.Server.Cli;

/// <summary><c>work</c>: letters out, mail in, timers; no pages. Beside a server, or instead of one.</summary>
internal static class WorkVerb
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 0, "--db");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"], working: true);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        await output.WriteLineAsync("收发信和定时任务已启动，Ctrl+C 停止 / working until Ctrl+C");
        await host.RunAsync(cancellationToken);
        return Verbs.Done;
    }
}
