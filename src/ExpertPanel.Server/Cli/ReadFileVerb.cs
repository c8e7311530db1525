using System.Text.Json;
using ExpertPanel.Server.Screening;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Cli;

/// <summary>
/// <c>read-file [FILE]</c>: what the check makes of a file, and the text a program finds in a PDF or .docx, as JSON; without a name the file
/// comes by standard input. What the check bars is not read.
/// </summary>
internal static class ReadFileVerb
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args.Where(a => a != "--json").ToList() is not { Count: <= 1 } names || names.Exists(n => n.StartsWith('-')))
        {
            await error.WriteLineAsync("read-file: 一次只读一个文件 / one file at a time: read-file [FILE]");
            return Verbs.BadInput;
        }

        try
        {
            await using var file = names is [var name] ? File.OpenRead(name) : Console.OpenStandardInput();
            using var content = new MemoryStream();
            await file.CopyToAsync(content, ct);
            var bytes = content.ToArray();
            var type = MediaTypeSniffer.Sniff(bytes);
            var screened = new FileScreen(Options.Create(new ScreeningOptions())).Check(type, bytes);
            var text = screened.Fault is null ? FileText.Of(bytes) : FileText.None(FileTextState.Unreadable);
            await output.WriteLineAsync(JsonSerializer.Serialize(new { type, screened.Fault, screened.HasMacros, text.State, text.Text, text.Pages, text.IsCut }, FileReading.Json));
            return Verbs.Done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"read-file: {fault.Message}");
            return Verbs.BadInput;
        }
    }
}
