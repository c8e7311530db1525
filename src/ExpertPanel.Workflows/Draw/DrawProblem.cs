using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>A slip in the input: where it is, what is wrong and what is expected, on one line.</summary>
public sealed record DrawProblem(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";

    /// <summary>Quotes what was given, so that a line break or a control character in it cannot break the line.</summary>
    internal static string Quote(string given)
    {
        const int longest = 60;
        // A pair of surrogates is kept whole: half a character is no text.
        var length = given.Length <= longest ? given.Length : char.IsHighSurrogate(given[longest - 1]) ? longest - 1 : longest;
        var encoded = JsonEncodedText.Encode(given.AsSpan(0, length), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return length < given.Length ? $"\"{encoded}…\"" : $"\"{encoded}\"";
    }
}

/// <summary>Either a sound input or everything that is wrong with it.</summary>
public sealed record DrawInputReading(DrawInput? Input, IReadOnlyList<DrawProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Input))]
    public bool IsSound => Input is not null;
}
