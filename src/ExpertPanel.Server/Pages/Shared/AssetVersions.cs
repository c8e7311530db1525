using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>
/// The version that <c>asp-append-version</c> writes: a hash of the file, made anew when the file's time or size has changed. The framework's
/// own watches files, and watches are few: on a busy machine the first page would fail for want of one.
/// </summary>
public sealed class AssetVersions(IWebHostEnvironment environment) : IFileVersionProvider
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Modified, long Length, string Version)> known = new(StringComparer.Ordinal);

    public string AddFileVersionToPath(PathString requestPathBase, string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists) return path;
        if (!known.TryGetValue(path, out var version) || version.Modified != file.LastModified || version.Length != file.Length)
        {
            using var content = file.CreateReadStream();
            known[path] = version = (file.LastModified, file.Length, WebEncoders.Base64UrlEncode(SHA256.HashData(content)));
        }

        return QueryHelpers.AddQueryString(path, "v", version.Version);
    }
}
