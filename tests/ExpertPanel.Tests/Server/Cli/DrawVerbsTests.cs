using System.Text.Json.Nodes;
using ExpertPanel.Server.Cli;
using ExpertPanel.Tests.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

public sealed class DrawVerbsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("draw-verbs-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private string Target => Path.Combine(_folder.FullName, "transcript.json");

    private string Given(JsonNode input) => Given(input.ToJsonString());

    private string Given(string text)
    {
        var path = Path.Combine(_folder.FullName, "input.json");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> Draw(params string[] args) => DrawVerbs.DrawAsync(args, _output, _error, CancellationToken.None);

    private Task<int> Verify(params string[] args) => DrawVerbs.VerifyAsync(args, _output, _error, CancellationToken.None);

    private string[] Errors => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void AssertNothingWritten() => Assert.DoesNotContain(_folder.GetFiles(), file => file.Name.StartsWith("transcript", StringComparison.Ordinal));

    [Fact]
    public async Task A_draw_from_a_file_can_be_verified()
    {
        Assert.Equal(0, await Draw("--input", Given(DrawStage.Input()), "--output", Target));
        Assert.Equal(3, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(["input.json", "transcript.json"], _folder.GetFiles().Select(file => file.Name).Order());

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await Verify(Target));
        Assert.Equal("verified", _output.ToString().TrimEnd());
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task A_file_that_begins_with_a_byte_order_mark_is_read()
    {
        var path = Given(DrawStage.Input());
        await File.WriteAllBytesAsync(path, [0xEF, 0xBB, 0xBF, .. await File.ReadAllBytesAsync(path)]);
        Assert.Equal(0, await Draw("--output", Target, "--input", path));
    }

    [Fact]
    public async Task Bad_input_gives_a_line_for_each_problem_and_no_file()
    {
        var input = DrawStage.Input();
        input["secret"] = "00";
        input["matter"]!.AsObject().Remove("people"); // the stage has a matter
        Assert.Equal(2, await Draw("--input", Given(input), "--output", Target, "--json"));
        Assert.Equal(["matter.people: is missing; expected a list of names", "secret: has 2 characters; expected 64 hex digits"], Errors);
        Assert.Empty(_output.ToString());
        AssertNothingWritten();
    }

    [Fact]
    public async Task Without_a_full_panel_the_transcript_is_written_and_the_exit_code_is_3()
    {
        var input = DrawStage.Input([DrawStage.Seat("s1", false, "land")], []);
        Assert.Equal(3, await Draw("--input", Given(input), "--output", Target));
        Assert.StartsWith("infeasible: seats s1 cannot be filled together", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Verify(Target));
    }

    [Fact]
    public async Task The_result_is_machine_readable_on_request()
    {
        Assert.Equal(0, await Draw("--json", "--input", Given(DrawStage.Input()), "--output", Target));
        var transcript = JsonNode.Parse(await File.ReadAllTextAsync(Target));
        var result = JsonNode.Parse(_output.ToString());
        Assert.Equal("drawn", result?["outcome"]?.GetValue<string>());
        Assert.Equal(transcript?["panel"]?.ToJsonString(), result?["panel"]?.ToJsonString());
    }

    [Fact]
    public async Task The_first_field_that_differs_is_named_with_exit_code_4()
    {
        await Draw("--input", Given(DrawStage.Input()), "--output", Target);
        var transcript = JsonNode.Parse(await File.ReadAllTextAsync(Target))!; // just written
        transcript["panel"]![1]!["id"] = "E9999"; // three seats
        transcript["seed"] = new string('0', 64);
        _output.GetStringBuilder().Clear();

        Assert.Equal(4, await Verify(Given(transcript)));
        Assert.StartsWith("seed: ", _output.ToString(), StringComparison.Ordinal);
        _output.GetStringBuilder().Clear();
        Assert.Equal(4, await Verify("--json", Given(transcript)));
        Assert.Equal("""{"verified":false,"differs":"seed"}""", _output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"input\":{}}")]
    public async Task What_is_no_transcript_is_unreadable(string text)
    {
        Assert.Equal(2, await Verify(Given(text)));
        Assert.NotEmpty(Errors);
        Assert.DoesNotContain(Errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_or_written_is_named()
    {
        var absent = Path.Combine(_folder.FullName, "absent.json");
        Assert.Equal(2, await Draw("--input", absent, "--output", Target));
        Assert.Equal(2, await Verify(absent));
        Assert.Equal(2, await Draw("--input", Given(DrawStage.Input()), "--output", Path.Combine(_folder.FullName, "no", "such", "folder.json")));
        var binary = Path.Combine(_folder.FullName, "binary.json");
        await File.WriteAllBytesAsync(binary, [(byte)'{', 0xFF, (byte)'}']);
        Assert.Equal(2, await Draw("--input", binary, "--output", Target));

        Assert.Equal(4, Errors.Length);
        Assert.StartsWith($"{absent}: cannot be read", Errors[0], StringComparison.Ordinal);
        Assert.Contains("cannot be written", Errors[2], StringComparison.Ordinal);
        Assert.Contains("is not UTF-8", Errors[3], StringComparison.Ordinal);
        AssertNothingWritten();
    }

    [Fact]
    public async Task Wrong_arguments_are_named()
    {
        Assert.Equal(2, await Draw("--input", "--fast", "--output"));
        Assert.Equal(2, await Draw("--input", "a", "--input", "b", "--quick", "more"));
        Assert.Equal(2, await Verify());
        Assert.Equal(
            [
                "--output: has no value; expected a file",
                "--input: is given twice; expected once",
                "--quick: is unknown; expected --input, --output, --json",
                "--output: is missing; expected a file",
                "arguments: have 1 files; expected 0",
                "arguments: have 0 files; expected 1",
            ],
            Errors);
    }
}
