using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExpertPanel.Server.Api;

/// <summary>Reads a request's JSON object within limits.</summary>
internal static class ApiBody
{
    /// <summary>The longest text of a command has 50,000 characters; a command has a dozen.</summary>
    public const int Most = 1024 * 1024;

    private static readonly JsonDocumentOptions Sound = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <returns>The object, or the answer that says why not. An empty body is an empty object: some commands ask nothing.</returns>
    public static async Task<(JsonObject? Body, IResult? Refused)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not (null or 0) && !request.HasJsonContentType()) return (null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        if (request.ContentLength > Most || await BytesAsync(request.Body, cancellationToken) is not { } bytes)
            return (null, Results.StatusCode(StatusCodes.Status413PayloadTooLarge));
        if (bytes.Length == 0) return ([], null);
        try
        {
            MustBeText(bytes);
            return JsonNode.Parse(bytes, documentOptions: Sound) is JsonObject body
                ? (body, null)
                : (null, ApiAnswers.Slip("", "请求正文应为一个 JSON 对象。", "The body is to be a JSON object."));
        }
        catch (JsonException broken)
        {
            var line = broken.LineNumber is { } number ? number + 1 : 1;
            return (null, ApiAnswers.Slip("", $"请求正文不是正确的 JSON（第 {line} 行）。", $"The body is not sound JSON (line {line})."));
        }
    }

    /// <summary>Half a surrogate pair or bytes that are no UTF-8 parse as JSON, but no text can be made of them.</summary>
    private static void MustBeText(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Sound.MaxDepth });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("The text is not Unicode.", path: null, lineNumber: null, bytePositionInLine: null, half);
        }
    }

    private static async Task<byte[]?> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        var kept = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await body.ReadAsync(kept.GetMemory(8192), cancellationToken)) > 0)
        {
            kept.Advance(read);
            if (kept.WrittenCount > Most) return null;
        }

        return kept.WrittenSpan.ToArray();
    }
}
