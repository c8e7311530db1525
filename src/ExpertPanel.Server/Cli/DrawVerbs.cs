using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Server.Cli;

/// <summary>A draw from files and its check, for whoever wants to see for himself. Neither touches the database.</summary>
public static class DrawVerbs
{
    private const int Done = 0;
    private const int BadInput = 2;
    private const int NoPanel = 3;
    private const int Differs = 4;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>draw --input FILE --output FILE [--json]</c>; the arguments are those after the verb.</summary>
    public static async Task<int> DrawAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = DrawArguments.Parse(args, files: 0, "--input", "--output");
        if (arguments.Problems.Count > 0)
            return await RefuseAsync(error, arguments.Problems);
        var (input, target) = (arguments["--input"], arguments["--output"]);
        if (await ReadAsync(input, static (path, stop) => File.ReadAllTextAsync(path, StrictUtf8, stop), error, cancellationToken) is not { } json)
            return BadInput;
        var reading = DrawInputReader.Read(json);
        if (!reading.IsSound)
            return await RefuseAsync(error, reading.Problems);

        var transcript = DrawEngine.Run(reading.Input);
        if (!await TryWriteAsync(target, transcript.ToUtf8(), error, cancellationToken))
            return BadInput;
        if (arguments.Json)
            await output.WriteLineAsync(JsonSerializer.Serialize(new { transcript.Outcome, transcript.Panel, transcript.Blocking, transcript.InputHash, transcript.Seed }, Readable));
        else if (Infeasibility.Of(transcript) is { } why)
            await output.WriteLineAsync($"infeasible: {why}");
        else
            foreach (var member in transcript.Panel)
                await output.WriteLineAsync($"{member.Seat}\t{member.Id}");
        return transcript.Outcome == DrawTranscript.Drawn ? Done : NoPanel;
    }

    /// <summary><c>verify-draw FILE [--json]</c>; the arguments are those after the verb.</summary>
    public static async Task<int> VerifyAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var arguments = DrawArguments.Parse(args, files: 1);
        if (arguments.Problems.Count > 0)
            return await RefuseAsync(error, arguments.Problems);
        if (await ReadAsync(arguments.Files[0], File.ReadAllBytesAsync, error, cancellationToken) is not { } file)
            return BadInput;

        var result = DrawVerification.Verify(file);
        if (!result.IsReadable)
            return await RefuseAsync(error, result.Problems);
        await output.WriteLineAsync(
            arguments.Json ? JsonSerializer.Serialize(new { verified = result.IsVerified, result.Differs }, Readable)
            : result.IsVerified ? "verified"
            : $"{result.Differs}: differs from what the input gives");
        return result.IsVerified ? Done : Differs;
    }

    private static async Task<int> RefuseAsync(TextWriter error, IEnumerable<DrawProblem> problems)
    {
        foreach (var problem in problems)
            await error.WriteLineAsync(problem.ToString());
        return BadInput;
    }

    private static async Task<T?> ReadAsync<T>(string path, Func<string, CancellationToken, Task<T>> read, TextWriter error, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read(path, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            await error.WriteLineAsync($"{path}: is not UTF-8; expected JSON in UTF-8");
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            await error.WriteLineAsync($"{path}: cannot be read ({OneLine(exception)}); expected a JSON file");
        }

        return null;
    }

    /// <summary>The file is there as a whole or not at all, also when the machine stops in between.</summary>
    private static async Task<bool> TryWriteAsync(string path, byte[] content, TextWriter error, CancellationToken cancellationToken)
    {
        var half = $"{path}.{Guid.CreateVersion7():N}.tmp";
        try
        {
            await using (var file = new FileStream(half, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            await error.WriteLineAsync($"{path}: cannot be written ({OneLine(exception)}); expected a file in a folder that exists");
            return false;
        }
        finally
        {
            if (File.Exists(half))
                File.Delete(half);
        }
    }

    private static bool IsFileTrouble(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
