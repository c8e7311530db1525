using System.Text;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Screening;

/// <param name="Fault">One of <see cref="FileFault"/>, or null where the file may be taken.</param>
/// <param name="HasMacros">It brings a VBA project: taken, and marked.</param>
public sealed record Screened(string? Fault, bool HasMacros);

/// <summary>
/// The one check of every file from outside, by mail, by the experts' pages and by the matter's: its kind by its content, and what it would
/// cost whoever opens it. Nothing is unpacked and nothing of it is run.
/// </summary>
public sealed class FileScreen(IOptions<ScreeningOptions> options)
{
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Zip = "application/zip";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    /// <summary>Zips by another name, whose parts are XML.</summary>
    private static readonly HashSet<string> Packages = new(StringComparer.Ordinal)
    {
        Docx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/ofd",
    };

    /// <summary>WPS writes its .wps and .et in the form of .doc and .xls.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/rtf", "text/plain",
        "image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic",
    };

    /// <param name="type">What <see cref="MediaTypeSniffer"/> says.</param>
    /// <param name="content">The file.</param>
    public Screened Check(string type, ReadOnlyMemory<byte> content)
    {
        if (type == "application/x-encrypted-office") return new(FileFault.Encrypted, HasMacros: false);
        if (Packages.Contains(type) || (type == Zip && options.Value.AllowZip)) return InArchive(content, strict: type != Zip);
        return Plain.Contains(type) ? new(Fault: null, IsCompound(type) && HasVba(content.Span)) : new(FileFault.Kind, HasMacros: false);
    }

    private Screened InArchive(ReadOnlyMemory<byte> content, bool strict)
    {
        using var deadline = new CancellationTokenSource(Budget);
        var screen = new ZipScreen(options.Value, strict);
        try
        {
            return new(screen.Check(content, depth: 0, deadline.Token), screen.HasMacros);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new(FileFault.Size, screen.HasMacros);
        }
    }

    private static bool IsCompound(string type) => type is "application/msword" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint";

    /// <summary>The directory of an OLE file names its storages in UTF-16.</summary>
    private static bool HasVba(ReadOnlySpan<byte> content) => content.IndexOf(Encoding.Unicode.GetBytes("_VBA_PROJECT")) >= 0;
}
