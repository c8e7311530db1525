using System.IO.Compression;
using System.Text;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// A letter of which copies go to several people: laid out once, and of each copy only the recipient's name is put in. Laying out costs
/// several times what packing does.
/// </summary>
public sealed class LetterTemplate
{
    /// <summary>Stands for the recipient while the letter is laid out; no name is written so.</summary>
    public const string Recipient = "{recipient}";

    private const string Main = "word/document.xml";

    private readonly IReadOnlyList<(string Name, byte[] Content)> parts;
    private readonly string before;
    private readonly string after;

    /// <param name="docx">The letter as <see cref="OfficialPage"/> writes it, with <see cref="Recipient"/> in the recipient's place.</param>
    public LetterTemplate(byte[] docx)
    {
        using var archive = new ZipArchive(new MemoryStream(docx, writable: false), ZipArchiveMode.Read);
        parts = [.. archive.Entries.Select(entry => (entry.FullName, FixedZip.Read(entry)))];
        var text = Encoding.UTF8.GetString(parts.Single(part => part.Name == Main).Content);
        var place = text.IndexOf(Recipient, StringComparison.Ordinal);
        (before, after) = (text[..place], text[(place + Recipient.Length)..]);
    }

    /// <summary>The bytes are those that laying out the letter for this recipient gives.</summary>
    public byte[] For(string recipient)
    {
        var main = Encoding.UTF8.GetBytes(before + Escaped(DocumentText.Line(recipient)) + after);
        return FixedZip.Write(parts.Select(part => part.Name == Main ? (Main, main) : part));
    }

    /// <summary>As a text node has it: quotation marks stay.</summary>
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
