using System.Text.Json;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Api;

/// <summary>Reads a body that is no command of a matter, within the same limits.</summary>
internal static class PlainBody
{
    public static async Task<(T? Body, IResult? Refused)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        var (json, refused) = await ApiBody.ReadAsync(request, cancellationToken);
        if (json is null) return (null, refused);
        try
        {
            return (json.Deserialize<T>(MatterCommands.Json), null);
        }
        catch (JsonException broken)
        {
            var field = broken.Path?.TrimStart('$', '.') ?? "";
            return (null, ApiAnswers.Slip(field, "内容的形式不对。", "The value is not of the expected form."));
        }
    }
}
