using System.Text.Json;
using ExpertPanel.Server.Cli;
using Xunit;

namespace ExpertPanel.Tests.Mail;

public sealed class ReadMailVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("expertpanel-verb-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_mail_is_described_as_json()
    {
        var (exit, output, error) = await RunAsync(await FileAsync("gmail-zh-folded"), "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal("count", json.RootElement.GetProperty("verdict").GetString());
        Assert.Contains("第三条建议删除。", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_described_for_a_person_and_obeys_no_control_characters()
    {
        var file = Path.Combine(folder, "escape.eml");
        await File.WriteAllTextAsync(file, "From: a@b.cn\r\nSubject: x\u001b[2Jy\r\n\r\nhi\u001b[31m\u0007 there\r\n", TestContext.Current.CancellationToken);

        var (exit, output, error) = await RunAsync(file);

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("no-token", output, StringComparison.Ordinal);
        Assert.Contains("hi[31m there", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task A_hostile_mail_is_a_verdict_and_not_an_error()
    {
        var file = Path.Combine(folder, "bad.eml");
        await File.WriteAllBytesAsync(file, [0, 1, 2, 255], TestContext.Current.CancellationToken);

        var (exit, output, _) = await RunAsync(file, "--json");

        Assert.Equal(0, exit);
        Assert.Contains("\"kind\": \"unreadable\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_is_one_clear_line_and_exit_code_2()
    {
        var file = await FileAsync("no-token");
        string[][] mistakes =
        [
            [], ["--json"], ["--colour", file], [file, file], [Path.Combine(folder, "missing.eml")], [folder], ["a\0b"], [""], [file, "--dkim-keys"],
            [file, "--dkim-keys", Path.Combine(folder, "missing.txt")], [file, "--dkim-keys", file],
        ];

        foreach (var arguments in mistakes)
        {
            var (exit, output, error) = await RunAsync(arguments);

            Assert.Equal((2, ""), (exit, output));
            Assert.Single(error.TrimEnd('\r', '\n').Split('\n'));
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    private async Task<string> FileAsync(string sample)
    {
        var file = Path.Combine(folder, sample + ".eml");
        await File.WriteAllBytesAsync(file, SampleMails.Raw(sample), TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await ReadMailVerb.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
