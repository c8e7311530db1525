using System.IO.Compression;
using System.Text;

namespace ExpertPanel.Server.Screening;

/// <summary>
/// Looks into a zip without unpacking it anywhere: first what its directory declares, then each part inflated through one small buffer
/// and counted, for declared sizes may lie. An archive inside the archive is looked into the same way, once; its counts add to the same sum.
/// </summary>
internal sealed class ZipScreen(ScreeningOptions limits, bool strict)
{
    /// <summary>A part smaller than this may unfold as it likes: an empty page of a form compresses a thousandfold.</summary>
    private const long SmallPart = 4L * 1024 * 1024;

    private const int Buffer = 64 * 1024;

    private readonly byte[] buffer = new byte[Buffer];
    private int entries;
    private long unfolded;

    public bool HasMacros { get; private set; }

    /// <param name="zip">The archive.</param>
    /// <param name="depth">0 for the file itself, 1 for an archive in it.</param>
    /// <param name="ct">Ends the look.</param>
    public string? Check(ReadOnlyMemory<byte> zip, int depth, CancellationToken ct)
    {
        var found = new List<ZipEntry>();
        if (ZipDirectory.Read(zip.Span, limits.MostEntries - entries, found) is { } fault) return fault;
        entries += found.Count;
        foreach (var entry in found)
            if (Declared(entry) is { } declared) return declared;
        if (unfolded + found.Sum(e => e.Unfolded) > limits.MostUnfolded) return FileFault.Size;
        foreach (var entry in found)
        {
            ct.ThrowIfCancellationRequested();
            if (Unfolded(zip, entry, depth, ct) is { } real) return real;
        }

        return null;
    }

    private string? Declared(ZipEntry entry)
    {
        if (entry.Encrypted) return FileFault.Encrypted;
        if (Leaves(entry.Name)) return FileFault.Path;
        if (entry.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) HasMacros = true;
        return entry.Unfolded > SmallPart && entry.Unfolded > entry.Packed * limits.MostRatio ? FileFault.Ratio : null;
    }

    /// <summary>A name that would be written outside the folder it is unpacked into.</summary>
    private static bool Leaves(string name) =>
        name.Length == 0 || name[0] is '/' or '\\' || name.Contains('\0', StringComparison.Ordinal) || (name.Length > 1 && name[1] == ':')
        || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    private string? Unfolded(ReadOnlyMemory<byte> zip, ZipEntry entry, int depth, CancellationToken ct)
    {
        var packed = zip.Slice(entry.Start, (int)entry.Packed);
        var document = strict || depth > 0;
        var dtd = new DoctypeSearch();
        var xml = document && (entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase));
        MemoryStream? inner = null;
        long read = 0;
        try
        {
            using var bytes = new MemoryStream(packed.ToArray(), writable: false);
            using Stream content = entry.Method == 0 ? bytes : new DeflateStream(bytes, CompressionMode.Decompress);
            for (int count; (count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; read += count)
            {
                ct.ThrowIfCancellationRequested();
                if (read + count > entry.Unfolded || (unfolded += count) > limits.MostUnfolded) return FileFault.Size;
                var part = buffer.AsSpan(0, count);
                if (read == 0 && Begins(part) is { } begins)
                {
                    if (begins != FileFault.Nested || depth > 0 || !part.StartsWith("PK"u8)) return begins;
                    inner = new MemoryStream();
                }

                inner?.Write(part);
                if (xml && dtd.In(part)) return FileFault.Dtd;
            }
        }
        catch (InvalidDataException)
        {
            return FileFault.Broken;
        }

        if (read != entry.Unfolded) return FileFault.Broken;
        if (inner is null) return null;
        var within = inner.ToArray();
        inner.Dispose();
        return Check(within, depth + 1, ct);
    }

    /// <summary>What a part begins with: another archive, a program, or nothing to say.</summary>
    private static string? Begins(ReadOnlySpan<byte> part) => MediaTypeSniffer.Sniff(part[..Math.Min(part.Length, 512)]) switch
    {
        "application/x-msdownload" or "application/x-elf" => FileFault.Program,
        "application/vnd.rar" or "application/x-7z-compressed" or "application/gzip" => FileFault.Nested,
        _ when part.StartsWith("PK\x03\x04"u8) || part.StartsWith("PK\x05\x06"u8) => FileFault.Nested,
        _ => null,
    };

    /// <summary>A document type in any of the encodings of XML, also across two pieces. In Office and OFD files none is needed, and each can be an attack.</summary>
    private sealed class DoctypeSearch
    {
        private static readonly byte[][] Marks = [Encoding.UTF8.GetBytes("<!DOCTYPE"), Encoding.Unicode.GetBytes("<!DOCTYPE"), Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")];

        private byte[] tail = [];

        public bool In(ReadOnlySpan<byte> part)
        {
            Span<byte> seam = [.. tail, .. part[..Math.Min(part.Length, 18)]];
            foreach (var mark in Marks)
                if (part.IndexOf(mark) >= 0 || seam.IndexOf(mark) >= 0)
                    return true;
            tail = part[Math.Max(0, part.Length - 18)..].ToArray();
            return false;
        }
    }
}
