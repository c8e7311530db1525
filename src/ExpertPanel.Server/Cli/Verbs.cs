using ExpertPanel.Server.Hosting;

namespace ExpertPanel.Server.Cli;

/// <summary>A verb gets the arguments after its name and answers with the exit code.</summary>
public delegate Task<int> VerbHandler(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken);

public sealed record Verb(string Usage, string Does, VerbHandler Run);

/// <summary>What the one program can do besides serving: <c>dotnet run --project src/ExpertPanel.Server -- VERB</c>.</summary>
public static class Verbs
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadInput = 2;

    /// <summary>What was checked is not what it should be.</summary>
    public const int Differs = 4;

    public static IReadOnlyDictionary<string, Verb> Known { get; } = new Dictionary<string, Verb>(StringComparer.Ordinal)
    {
        ["migrate"] = new("migrate", "建立或升级数据库 / brings the database to this program's schema", MigrateVerb.RunAsync),
        ["seed"] = new("seed demo | seed committee --committee CODE", "示例省 / 启用一个委员会 / the demo province, or a committee with the default route and rules", SeedVerb.RunAsync),
        ["create-admin"] = new("create-admin --name NAME --committee CODE [--role system|security|audit]", "首批管理员 / a committee's first administrators, each with a one-time password", CreateAdminVerb.RunAsync),
        ["work"] = new("work", "只运行收发信和定时任务 / letters, mail and timers without pages", WorkVerb.RunAsync),
        ["simulate"] = new("simulate --year Y --matters N --experts N --seats N --seed N [--db URL]", "模拟一年 / a whole year through the real commands", SimulateVerb.RunAsync),
        ["draw"] = new("draw --input FILE --output FILE", "从文件抽取专家 / a draw from files", DrawVerbs.DrawAsync),
        ["verify-draw"] = new("verify-draw FILE", "复核抽取记录 / checks a draw's transcript", DrawVerbs.VerifyAsync),
        ["read-mail"] = new("read-mail FILE.eml [--dkim-keys FILE]", "解读一封来信 / what the inbox would make of a mail", ReadMailVerb.RunAsync),
        ["read-file"] = new("read-file [FILE]", "读出 PDF、DOCX 的文字 / the text a program finds in a file", ReadFileVerb.RunAsync),
        ["verify-audit"] = new("verify-audit [--from FILE] [--committee CODE]", "核查办理记录链 / walks the history's hash chains and names the first broken row", VerifyAuditVerb.RunAsync),
        ["report"] = new("report --year Y [--of fairness] [--committee CODE] [--format json,xlsx] [--output FILE]", "年度数字 / the annual figures with their definitions", ReportVerb.RunAsync),
        ["backup"] = new("backup FILE", "备份并校验 / a consistent, checked copy of the database", BackupVerbs.BackupAsync),
        ["restore"] = new("restore FILE", "从备份恢复 / puts a checked copy back", BackupVerbs.RestoreAsync),
    };

    /// <summary>The exit code of the verb that was asked for; null when none was and the web is to be served.</summary>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is ["help" or "--help" or "-h", ..]) return await HelpAsync(Console.Out);
        if (args is not [var name, ..] || name.StartsWith('-')) return null;
        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stopping.Cancel();
        };
        return await RunAsync(args, Console.Out, Console.Error, stopping.Token);
    }

    /// <summary>Runs a verb; whatever goes wrong is one line a problem on <paramref name="error"/>, never a stack trace.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var name = args.Length > 0 ? args[0] : "";
        if (!Known.TryGetValue(name, out var verb))
        {
            await error.WriteLineAsync($"{name}: no such verb; expected one of {string.Join(", ", Known.Keys)}");
            return BadInput;
        }

        if (args.Skip(1).Any(a => a is "--help" or "-h"))
        {
            await output.WriteLineAsync($"{verb.Usage}\n  {verb.Does}");
            return Done;
        }

        try
        {
            return await verb.Run(args[1..], output, error, cancellationToken);
        }
        catch (VerbRefusedException refused)
        {
            return await SayAsync(error, refused.Lines, BadInput);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await SayAsync(error, [$"{name}: stopped"], Failed);
        }
        catch (Exception fault) when (StartFaults.Lines(fault) is { Count: > 0 } lines)
        {
            return await SayAsync(error, lines, BadInput);
        }
        catch (Exception fault)
        {
            // The outermost edge: a person at a terminal gets the sentence, not the stack.
            return await SayAsync(error, [$"{name}: failed: {fault.GetType().Name}: {fault.Message}"], Failed);
        }
    }

    private static async Task<int> SayAsync(TextWriter error, IEnumerable<string> lines, int code)
    {
        foreach (var line in lines) await error.WriteLineAsync(line.ReplaceLineEndings(" "));
        return code;
    }

    private static async Task<int> HelpAsync(TextWriter output)
    {
        await output.WriteLineAsync("ExpertPanel [--urls URL]\n  网页和后台任务 / serves the pages and runs the workers; --json prints a verb's answer as JSON\n");
        foreach (var verb in Known.Values) await output.WriteLineAsync($"{verb.Usage}\n  {verb.Does}");
        return Done;
    }
}
