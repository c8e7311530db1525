using ExpertPanel.Server.Data;
using ExpertPanel.Server.Hosting;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Cli;

/// <summary><c>backup FILE</c> while the server runs; <c>restore FILE</c> while it does not.</summary>
internal static class BackupVerbs
{
    public static async Task<int> BackupAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 1, "--db");
        if (arguments.Words is [var name, ..] && (File.Exists(name) || Directory.Exists(name))) arguments.Problem(name, "is there already; expected a new file");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"]);
        await VerbHost.MustBeCurrentAsync(host, cancellationToken);
        var target = host.Services.GetRequiredService<PanelDbFactory>().Target;
        var kept = await GuardAsync(arguments.Words[0], () => Copies(target).BackUpAsync(arguments.Words[0], cancellationToken));
        var key = Path.Combine(host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.AppData, "reply.key");
        if (arguments.Json) await VerbHost.AnswerAsync(output, new { schema = "expertpanel.backup/1", kept.File, kept.Size, kept.Sha256, integrity = "ok", keepToo = File.Exists(key) ? key : null });
        else
        {
            await output.WriteLineAsync($"已备份并校验 / backed up and checked: {kept.File}（{kept.Size} B，SHA-256 {kept.Sha256}）");
            if (File.Exists(key)) await output.WriteLineAsync($"请另行妥善保存 / keep this too, apart from the backup: {key}");
        }

        return Verbs.Done;
    }

    public static async Task<int> RestoreAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = VerbArguments.Parse(args, words: 1, "--db");
        if (arguments.Words is [var name, ..] && !File.Exists(name)) arguments.Problem(name, "is not there; expected a file made by 'backup'");
        arguments.MustBeSound();
        using var host = VerbHost.Build(arguments["--db"]);
        var target = host.Services.GetRequiredService<PanelDbFactory>().Target;
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var restored = await GuardAsync(arguments.Words[0], () => Copies(target).RestoreAsync(arguments.Words[0], now, cancellationToken));
        if (arguments.Json) await VerbHost.AnswerAsync(output, new { schema = "expertpanel.restore/1", restored.File, restored.Sha256, restored.Replaced, integrity = "ok" });
        else
        {
            await output.WriteLineAsync($"已恢复 / restored: {restored.File}（SHA-256 {restored.Sha256}）");
            if (restored.Replaced is { } old) await output.WriteLineAsync($"原数据库保留在 / the database that was there is kept as {old}");
            await output.WriteLineAsync("请运行 verify-audit 核查办理记录 / now run verify-audit; run migrate if the program is newer than the backup");
        }

        return Verbs.Done;
    }

    private static IDatabaseCopies Copies(DatabaseTarget target) => target.IsPostgres ? new PostgresCopies(target) : new SqliteCopies(target);

    private static async Task<T> GuardAsync<T>(string file, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DatabaseCopyException refused)
        {
            throw new VerbRefusedException(refused.Message);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VerbRefusedException($"{file}: {trouble.Message}");
        }
    }
}
