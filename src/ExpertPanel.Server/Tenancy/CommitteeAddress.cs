namespace ExpertPanel.Server.Tenancy;

/// <summary>The committee that the address names; whether this person may enter it is asked later.</summary>
public sealed record AddressedCommittee(string Code);

/// <summary>
/// <c>/t/{code}/desk</c> is the desk of that committee, <c>/desk</c> that of one's own. The prefix becomes the path base, so that no page
/// or route knows of it; a page's own addresses get it back here and in the tag helper for links.
/// </summary>
public sealed class CommitteeAddress(RequestDelegate next)
{
    private const string Prefix = "/t";
    private const int LongestCode = 20;

    public static string Of(string code) => $"{Prefix}/{code}";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest)) return next(context);
        var (code, path) = Split(rest);
        if (code.Length == 0) return next(context);
        context.Features.Set(new AddressedCommittee(code));
        context.Request.PathBase = context.Request.PathBase.Add(Of(code));
        context.Request.Path = path;
        context.Response.OnStarting(static state =>
        {
            var asked = (HttpContext)state;
            if (WithBase(asked.Response.Headers.Location.ToString(), asked.Request.PathBase.Value) is { } moved) asked.Response.Headers.Location = moved;
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    /// <summary>The address with the committee before it; null where it has one, leads elsewhere or isn't rooted.</summary>
    public static string? WithBase(string address, string? place) =>
        string.IsNullOrEmpty(place) || !address.StartsWith('/') || address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith(Prefix + "/", StringComparison.Ordinal)
            ? null : place + address;

    private static (string Code, PathString Path) Split(PathString rest)
    {
        var text = rest.Value ?? "";
        var end = text.IndexOf('/', Math.Min(1, text.Length));
        var code = text.Length < 2 ? "" : end < 0 ? text[1..] : text[1..end];
        return code.Length is 0 or > LongestCode || !code.All(char.IsAsciiLetterOrDigit) ? ("", default) : (code, end < 0 ? "/" : text[end..]);
    }
}
