using System.Buffers.Binary;
using System.Text;

namespace ExpertPanel.Server.Screening;

/// <summary>What a file is by its content. The sender's word for it is not asked.</summary>
public static class MediaTypeSniffer
{
    private const int MaxZipEntries = 5000;

    private static readonly (byte[] Magic, string Type)[] Signatures =
    [
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ("GIF8"u8.ToArray(), "image/gif"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ("Rar!"u8.ToArray(), "application/vnd.rar"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        ([0x1F, 0x8B], "application/gzip"),
        ("{\\rtf"u8.ToArray(), "application/rtf"),
        ("MZ"u8.ToArray(), "application/x-msdownload"),
        ([0x7F, 0x45, 0x4C, 0x46], "application/x-elf"),
        ([0x78, 0x9F, 0x3E, 0x22], "application/ms-tnef"),
    ];

    public static string Sniff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "application/x-empty";
        foreach (var (magic, type) in Signatures)
            if (bytes.StartsWith(magic))
                return type;
        // Readers accept a PDF whose header stands anywhere in the first kilobyte.
        if (bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0) return "application/pdf";
        if (bytes.StartsWith("BM"u8) && bytes.Length > 26 && BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) == bytes.Length) return "image/bmp";
        if (bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) && (bytes[8..12].SequenceEqual("heic"u8) || bytes[8..12].SequenceEqual("mif1"u8))) return "image/heic";
        if (bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..12].SequenceEqual("WEBP"u8)) return "image/webp";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return CompoundType(bytes);
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8)) return ZipType(bytes);
        return TextType(bytes);
    }

    public static string Extension(string type) => type switch
    {
        "application/pdf" => ".pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => ".docx",
        "application/ofd" => ".ofd",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "application/msword" => ".doc",
        "application/vnd.ms-excel" => ".xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => ".xlsx",
        "image/tiff" => ".tif",
        "application/zip" => ".zip",
        "message/rfc822" => ".eml",
        "text/plain" => ".txt",
        _ => ".bin",
    };

    /// <summary>Old Office files name their main stream in UTF-16 in the directory; WPS writes the same form.</summary>
    private static string CompoundType(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0) return "application/x-encrypted-office";
        if (bytes.IndexOf(Encoding.Unicode.GetBytes("WordDocument")) >= 0) return "application/msword";
        if (bytes.IndexOf(Encoding.Unicode.GetBytes("Workbook")) >= 0) return "application/vnd.ms-excel";
        return bytes.IndexOf(Encoding.Unicode.GetBytes("PowerPoint Document")) >= 0 ? "application/vnd.ms-powerpoint" : "application/x-ole-storage";
    }

    /// <summary>Walks the names in the archive's directory, a bounded number of them, and inflates nothing.</summary>
    private static string ZipType(ReadOnlySpan<byte> zip)
    {
        const string Zip = "application/zip";
        var end = zip.LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || zip.Length < end + 22) return Zip;
        long at = BinaryPrimitives.ReadUInt32LittleEndian(zip[(end + 16)..]);
        for (var entry = 0; entry < MaxZipEntries && at + 46 <= zip.Length; entry++)
        {
            var header = zip[(int)at..];
            if (!header.StartsWith("PK\x01\x02"u8)) break;
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            if (header.Length < 46 + nameLength) break;
            var name = header.Slice(46, nameLength);
            if (name.StartsWith("word/"u8)) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            if (name.StartsWith("xl/"u8)) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            if (name.StartsWith("ppt/"u8)) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
            if (name.SequenceEqual("OFD.xml"u8)) return "application/ofd";
            at += 46 + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }

        return Zip;
    }

    private static string TextType(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B))
                return "application/octet-stream";
        var start = Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, 64)]).TrimStart('?', ' ', '\r', '\n', '\t');
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)) return "text/html";
        if (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)) return "application/xml";
        return start.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) ? "text/calendar" : "text/plain";
    }
}
