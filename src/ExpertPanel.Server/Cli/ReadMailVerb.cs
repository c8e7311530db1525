using System.Globalization;
using System.Text;
using ExpertPanel.Server.Mail.Inbox;

namespace ExpertPanel.Server.Cli;

/// <summary><c>read-mail FILE.eml [--json] [--dkim-keys FILE]</c>: what the inbox would make of a mail.</summary>
public static class ReadMailVerb
{
    private const int Success = 0;

    private const int BadInput = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (!TryParse(args, out var file, out var keysFile, out var json, out var problem))
        {
            await error.WriteLineAsync(problem);
            return BadInput;
        }

        var reading = keysFile ?? file;
        try
        {
            IDkimKeys keys = keysFile is null ? new NoDkimKeys() : FileDkimKeys.Load(keysFile);
            reading = file;
            await using var raw = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var mail = await new MailReader(keys, TimeProvider.System).ReadAsync(raw, ReadMailOptions.Default, ct);
            await output.WriteLineAsync(json ? mail.ToJson() : Describe(mail));
            return Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var missing = fault is FileNotFoundException or DirectoryNotFoundException;
            await error.WriteLineAsync($"{OneLine(reading)}: {(missing ? "找不到文件 / file not found" : "无法读取 / can't be read: " + OneLine(fault.Message))}");
            return BadInput;
        }
        catch (FormatException fault)
        {
            await error.WriteLineAsync($"{OneLine(reading)}: {OneLine(fault.Message)}");
            return BadInput;
        }
    }

    private static bool TryParse(string[] args, out string file, out string? keysFile, out bool json, out string problem)
    {
        (file, keysFile, json, problem) = ("", null, false, "");
        for (var i = 0; i < args.Length && problem.Length == 0; i++)
        {
            if (args[i] is "--json") json = true;
            else if (args[i] is "--dkim-keys" && i + 1 < args.Length) keysFile = args[++i];
            else if (args[i].StartsWith('-')) problem = $"{OneLine(args[i])}: 未知选项 / unknown option; read-mail FILE.eml [--json] [--dkim-keys FILE]";
            else if (file.Length > 0) problem = $"{OneLine(args[i])}: 一次只读一封 / one file at a time";
            else file = args[i];
        }

        if (problem.Length == 0 && file.Length == 0) problem = "FILE: 请给出邮件文件 / name the mail: read-mail FILE.eml [--json] [--dkim-keys FILE]";
        return problem.Length == 0;
    }

    private static string Describe(ReadMail mail)
    {
        var page = new StringBuilder();
        Line("类别 kind", mail.Kind.ToString());
        Line("结论 verdict", mail.Verdict.ToString());
        Line("理由 reason", mail.Reason);
        Line("令牌 token", mail.Token);
        Line("发件人 from", mail.From);
        Line("DKIM", $"{mail.Authentication.Dkim} {mail.Authentication.AlignedDomain}");
        Line("Message-ID", mail.MessageId);
        Line("SHA-256", mail.Sha256);
        Line("主题 subject", mail.Subject);
        foreach (var attachment in mail.Attachments)
            Line("附件 attachment", string.Create(CultureInfo.InvariantCulture, $"{attachment.Name} ({attachment.Type}, {attachment.Size} B)"));
        page.Append("正文 text:\n").Append(Printable(mail.Text)).Append("\n裁去 elided:\n").Append(Printable(mail.Elided));
        return page.ToString();

        void Line(string label, string? value) => page.Append(label).Append(": ").Append(OneLine(value ?? "—")).Append('\n');
    }

    /// <summary>A terminal obeys control characters, and the mail is a stranger's.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => c is '\n' or '\t' || !char.IsControl(c)));

    private static string OneLine(string text) => Printable(text).ReplaceLineEndings(" ");
}
