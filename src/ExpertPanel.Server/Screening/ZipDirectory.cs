using System.Buffers.Binary;
using System.Text;

namespace ExpertPanel.Server.Screening;

/// <summary>An entry as the archive's directory declares it; nothing of it is inflated yet.</summary>
internal readonly record struct ZipEntry(string Name, bool Encrypted, int Method, long Packed, long Unfolded, int Start);

/// <summary>
/// Reads the central directory of a zip by itself (APPNOTE 4.3), a bounded number of entries and no object for those too many. Zip64,
/// several disks and methods but stored and deflated are not needed by any file of 30 MB that people send; such a file counts as broken.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int HeaderLength = 46;
    private const int LocalLength = 30;
    private const int Stored = 0;
    private const int Deflated = 8;

    /// <summary>Encrypted, strongly encrypted, or its headers masked.</summary>
    private const int EncryptedFlags = 0x0001 | 0x0040 | 0x2000;

    private const int Utf8Flag = 0x0800;

    /// <returns>The fault, or null and the entries in the order of their bytes.</returns>
    public static string? Read(ReadOnlySpan<byte> zip, int most, List<ZipEntry> entries)
    {
        var end = End(zip);
        if (end < 0) return FileFault.Broken;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(zip[(end + 10)..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(zip[(end + 16)..]);
        if (count > most) return FileFault.Entries;
        if (BinaryPrimitives.ReadUInt16LittleEndian(zip[(end + 4)..]) != 0 || at > end) return FileFault.Broken;
        var seen = 0;
        while (at + HeaderLength <= end && zip[(int)at..].StartsWith("PK\x01\x02"u8))
        {
            if (++seen > most) return FileFault.Entries;
            var header = zip[(int)at..end];
            int name = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            var length = HeaderLength + name + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            if (length > header.Length || Entry(zip, header, name) is not { } entry) return FileFault.Broken;
            entries.Add(entry);
            at += length;
        }

        // What the directory hides from one reader another may show.
        if (seen != count || at != end) return FileFault.Broken;
        entries.Sort((a, b) => a.Start.CompareTo(b.Start));
        // Overlapping entries unfold the same bytes many times over.
        for (var i = 1; i < entries.Count; i++)
            if (entries[i - 1].Start + entries[i - 1].Packed > entries[i].Start)
                return FileFault.Ratio;
        return null;
    }

    /// <summary>The end record stands last, with a comment behind it at the most.</summary>
    private static int End(ReadOnlySpan<byte> zip)
    {
        var tail = Math.Max(0, zip.Length - EndLength - ushort.MaxValue);
        for (var at = zip.Length; (at = zip[tail..at].LastIndexOf("PK\x05\x06"u8)) >= 0;)
        {
            at += tail;
            if (at + EndLength <= zip.Length && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(zip[(at + 20)..]) == zip.Length) return at;
        }

        return -1;
    }

    private static ZipEntry? Entry(ReadOnlySpan<byte> zip, ReadOnlySpan<byte> header, int nameLength)
    {
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        int method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long unfolded = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long local = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        if (packed == uint.MaxValue || unfolded == uint.MaxValue || local + LocalLength > zip.Length || !zip[(int)local..].StartsWith("PK\x03\x04"u8)) return null;
        var front = zip[(int)local..];
        var start = local + LocalLength + BinaryPrimitives.ReadUInt16LittleEndian(front[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(front[28..]);
        if (start + packed > zip.Length) return null;
        var encrypted = (flags & EncryptedFlags) != 0;
        if (!encrypted && method is not (Stored or Deflated)) return null;
        var name = header.Slice(HeaderLength, nameLength);
        return new((flags & Utf8Flag) != 0 ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name), encrypted, method, packed, unfolded, (int)start);
    }
}
