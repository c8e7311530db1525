using System.IO.Compression;
using System.Text;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Looks for a state-secret mark (GB/T 9704: 机密★10年) in a mail or a file before anything of it is stored: in names and texts, and in
/// the text inside .docx, .xlsx, .pptx, .ofd and plain text files. PDFs and pictures it can't read; there the name alone speaks.
/// </summary>
public sealed class SecrecyScan
{
    /// <summary>A mark stands on the first page. What is packed to unfold into more than this is not followed further.</summary>
    private const int MostCharacters = 8_000_000;

    private const int Slice = 64 * 1024;

    /// <summary>Longer than any mark, so that one across two slices is seen.</summary>
    private const int Overlap = 32;

    private int left = MostCharacters;

    private SecrecyScan()
    {
    }

    public static bool Bears(ReadMail mail)
    {
        var scan = new SecrecyScan();
        return Find([mail.Subject, mail.Text, mail.Elided]) is not null || Any(mail.Attachments) || mail.AttachedMails.Any(m => Find([m.Subject, m.Text]) is not null || Any(m.Attachments));

        bool Any(IEnumerable<ReadAttachment> attachments) => attachments.Any(a => scan.Find(a.Name, a.Type, a.Content) is not null);
    }

    /// <returns>The mark found in the file's name or text, or null.</returns>
    public static string? MarkOf(string name, string type, byte[] content) => new SecrecyScan().Find(name, type, content);

    private string? Find(string name, string type, ReadOnlyMemory<byte> content) => Find([name]) ?? type switch
    {
        "text/plain" => Find([CharsetRepair.Decode(content.Span[..Math.Min(content.Length, MostCharacters)], label: null)]),
        "application/ofd" => FindInside(content),
        _ when type.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal) => FindInside(content),
        _ => null,
    };

    private static string? Find(IEnumerable<string?> texts) => SecrecyMarks.Find(texts.OfType<string>().SelectMany(Slices));

    /// <summary>In slices, so that no text is long enough to use up the time a match may take.</summary>
    private static IEnumerable<string> Slices(string text)
    {
        for (var start = 0; start < text.Length; start += Slice)
            yield return text.Substring(start, Math.Min(Slice + Overlap, text.Length - start));
    }

    private string? FindInside(ReadOnlyMemory<byte> package)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(package.ToArray(), writable: false), ZipArchiveMode.Read);
            foreach (var part in archive.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
            {
                if (left <= 0) return null;
                using var xml = new StreamReader(part.Open(), Encoding.UTF8);
                if (Find([WithoutTags(xml)]) is { } mark) return mark;
            }
        }
        catch (InvalidDataException)
        {
            // A broken package has no text to read; what it is to be refused or held for is decided elsewhere.
        }

        return null;
    }

    /// <summary>Tags often stand between the letters of a mark. Counted while it unfolds: declared sizes may lie.</summary>
    private string WithoutTags(StreamReader xml)
    {
        var text = new StringBuilder();
        var (buffer, inTag) = (new char[16 * 1024], false);
        for (int read; left > 0 && (read = xml.Read(buffer, 0, buffer.Length)) > 0; left -= read)
            foreach (var letter in buffer.AsSpan(0, read))
            {
                if (letter == '<') inTag = true;
                else if (letter == '>') inTag = false;
                else if (!inTag) text.Append(letter);
            }

        return text.ToString();
    }
}
