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
        return Write(source.Entries.Select(entry => (entry.FullName, Read(entry))));
    }

    public static byte[] Write(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Readers that sniff the type look for [Content_Types].xml first; '[' sorts ahead of the other names by luck only.
            foreach (var (name, content) in parts.OrderBy(part => part.Name != "[Content_Types].xml").ThenBy(part => part.Name, StringComparer.Ordinal))
            {
                var copy = archive.CreateEntry(name, CompressionLevel.Fastest);
                copy.LastWriteTime = Epoch;
                using var to = copy.Open();
                to.Write(content);
            }
        }
        return target.ToArray();
    }

    public static byte[] Read(ZipArchiveEntry entry)
    {
        var content = new byte[entry.Length];
        using var from = entry.Open();
        from.ReadExactly(content);
        return content;
    }
}
