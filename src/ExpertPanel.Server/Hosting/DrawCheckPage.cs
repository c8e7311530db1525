using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ExpertPanel.Server.Hosting;

/// <summary>
/// The page with which anybody checks a draw. It is one file that runs from a disk too, so its script stands in it; the policy
/// that names the script's hash stands in the file and is sent with it.
/// </summary>
public static partial class DrawCheckPage
{
    public const string Address = "/verify/draw.html";

    private static string? policy;

    /// <summary>Its own content policy; <c>?download</c> gives it out as a file.</summary>
    public static void Prepare(StaticFileResponseContext file)
    {
        if (!file.Context.Request.Path.Equals(Address, StringComparison.OrdinalIgnoreCase)) return;
        var headers = file.Context.Response.Headers;
        headers.ContentSecurityPolicy = policy ??= ReadPolicy(file.File);
        if (file.Context.Request.Query.ContainsKey("download")) headers.ContentDisposition = "attachment; filename=\"verify-draw.html\"";
    }

    /// <summary>A file cannot forbid to be framed (CSP 3, section 6.4.2), an answer can.</summary>
    private static string ReadPolicy(IFileInfo file)
    {
        using var reader = new StreamReader(file.CreateReadStream());
        return Policy().Match(reader.ReadToEnd()).Groups["policy"].Value is { Length: > 0 } found
            ? found + "; frame-ancestors 'none'"
            : throw new InvalidOperationException($"{Address} carries no content policy.");
    }

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="(?<policy>[^"]+)">""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Policy();
}
