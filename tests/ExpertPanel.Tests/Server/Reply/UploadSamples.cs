using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Reply;
using Microsoft.AspNetCore.Http;

namespace ExpertPanel.Tests.Server.Reply;

/// <summary>The smallest files that are what they say, and one that is not.</summary>
internal static class UploadSamples
{
    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n");

    public static byte[] Exe { get; } = [0x4D, 0x5A, 0x90, 0x00, .. new byte[200]];

    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[40]];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[40]];

    public static byte[] Docx { get; } = Zip("[Content_Types].xml", "word/document.xml");

    public static byte[] Ofd { get; } = Zip("OFD.xml", "Doc_0/Document.xml");

    public static IFormFile Upload(string name, byte[] content) => new FormFile(new MemoryStream(content), 0, content.Length, "Input.Files", name);

    public static FileRow Stored(ReplyPlace place, string name, byte[] content) => new()
    {
        Id = Guid.CreateVersion7(),
        MatterId = place.MatterId,
        Name = name,
        MediaType = "application/pdf",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Size = content.Length,
        Content = content,
        StoredAt = TestPanel.Start,
    };

    private static byte[] Zip(params string[] names)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }

        return stream.ToArray();
    }
}
