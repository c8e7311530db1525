using System.IO.Compression;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// Writes an Office package again with a fixed time on every entry and in a fixed order, so that one record always gives
/// the same bytes: a file's hash can then be put into the audit log and checked years later by printing it anew.
/// </summary>
internal static class FixedZip
{
    // The least time a zip entry can hold.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Rewrite(MemoryStream package)
    {
        package.Position = 0;
        using var source = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        using var target = new MemoryStream((int)package.Length);
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Readers that sniff the type look for [Content_Types].xml first; '[' sorts ahead of the other names by luck only.
            var entries = source.Entries
                .OrderBy(entry => entry.FullName != "[Content_Types].xml")
                .ThenBy(entry => entry.FullName, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                var copy = archive.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = Epoch;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }
        return target.ToArray();
    }
}
