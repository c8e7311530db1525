using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ExpertPanel.Tests.Server.Screening;

/// <summary>Archives as nobody honest makes them.</summary>
internal static class HostileFiles
{
    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }

        return file.ToArray();
    }

    /// <summary>A .docx whose one part unfolds to so many bytes.</summary>
    public static byte[] Bomb(int bytes)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var document = zip.CreateEntry("word/document.xml").Open())
        {
            var zeros = new byte[1_000_000];
            for (var at = 0; at < bytes; at += zeros.Length) document.Write(zeros);
        }

        return file.ToArray();
    }

    /// <summary>The same, declaring to unfold to next to nothing.</summary>
    public static byte[] LyingBomb(int bytes)
    {
        var zip = Bomb(bytes);
        var directory = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 1000);
        return zip;
    }

    /// <summary>Every entry of the directory points to the same bytes.</summary>
    public static byte[] Overlapping()
    {
        var zip = Zip(("word/document.xml", new byte[100]), ("word/styles.xml", new byte[100]));
        var first = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        var second = zip.AsSpan(first + 4).IndexOf("PK\x01\x02"u8) + first + 4;
        zip.AsSpan(first + 42, 4).CopyTo(zip.AsSpan(second + 42));
        return zip;
    }

    /// <summary>A directory with so many entries, though its end says one.</summary>
    public static byte[] ManyEntries(int count)
    {
        var zip = Zip(("a", []));
        var (directory, end) = (zip.AsSpan().IndexOf("PK\x01\x02"u8), zip.AsSpan().IndexOf("PK\x05\x06"u8));
        using var file = new MemoryStream();
        file.Write(zip.AsSpan(0, directory));
        for (var i = 0; i < count; i++) file.Write(zip.AsSpan(directory, end - directory));
        file.Write(zip.AsSpan(end));
        return file.ToArray();
    }

    public static byte[] Encrypted()
    {
        var zip = Zip(("word/document.xml", new byte[100]));
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
        return zip;
    }

    /// <summary>Archives one in another, so deep.</summary>
    public static byte[] Nested(int levels) => levels == 0 ? Encoding.UTF8.GetBytes("text") : Zip(($"{levels}.zip", Nested(levels - 1)));

    public static byte[] Utf16Doctype() => Zip(("word/document.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE d []><d/>")]));

    /// <summary>The mark lies across two of the pieces in which a part is read.</summary>
    public static byte[] LateDoctype() => Zip(("word/document.xml", Encoding.UTF8.GetBytes("<!--" + new string('x', 65_526) + "--><!DOCTYPE d []><d/>")));
}
