using System.Globalization;
using System.Text;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>A sender's file name made harmless to show and to offer for download. It is never used as a path of ours.</summary>
public static class AttachmentName
{
    private const int MaxLength = 120;

    public static string Clean(string? name, int number, string extension)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate) && !"<>:\"|?*".Contains((char)Math.Min(rune.Value, char.MaxValue), StringComparison.Ordinal))
                kept.Append(rune.ToString());
        var clean = kept.ToString().Trim(' ', '.');
        if (clean.Length == 0) return FormattableString.Invariant($"attachment-{number}{extension}");
        if (IsDevice(clean)) clean = "_" + clean;
        return Shorten(clean);
    }

    /// <summary>CON, NUL and the like open devices on Windows, whatever their extension.</summary>
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(stem[3]));
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength) return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 10) extension = "";
        var stem = name[..(MaxLength - extension.Length)];
        if (char.IsHighSurrogate(stem[^1])) stem = stem[..^1];
        return stem + extension;
    }
}
