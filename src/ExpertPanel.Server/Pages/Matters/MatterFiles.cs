using System.Globalization;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>Which of a matter's files a person may see.</summary>
public static class MatterFiles
{
    private static readonly HashSet<FileKind> OfTheOffice = [FileKind.ConsultationReply, FileKind.ExpertOpinion, FileKind.Minutes];

    /// <summary>A sponsor sees what it handed in, not what units and experts wrote.</summary>
    public static IReadOnlyList<MatterFile> Visible(OpenMatter open) =>
        open.AsSponsor ? [.. open.Matter.Files.Where(f => !OfTheOffice.Contains(f.Kind))] : open.Matter.Files;

    /// <summary>A file of the matter that the reader may see, or one that an expert sent along with an opinion the reader may read.</summary>
    public static bool MaySee(OpenMatter open, Guid id) =>
        Visible(open).Any(f => f.Id == id) || (!open.AsSponsor && open.Matter.AllInvitations.SelectMany(i => i.Opinions).SelectMany(o => o.Files).Any(f => f.Id == id));

    public static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");
}
