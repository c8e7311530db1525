using static ExpertPanel.Workflows.Documents.SectionList;

namespace ExpertPanel.Workflows.Documents;

/// <summary>补正通知: everything that is missing, told once (一次性告知).</summary>
public sealed record SupplementNoticeDocument
{
    public required LetterFrame Frame { get; init; }

    public required string MatterNumber { get; init; }

    public required string MatterTitle { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    /// <summary>All of them: what isn't listed here may not be asked for later.</summary>
    public required IReadOnlyList<MissingItem> Missing { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>What happens when nothing comes, by the tenant's own rule.</summary>
    public string? Consequence { get; init; }
}

public sealed record MissingItem(string Name, string? Requirement, string? Basis);

public static class SupplementNoticeSections
{
    public static IReadOnlyList<DocumentSection> Of(SupplementNoticeDocument notice) => new SectionList()
        .Unheaded(Text($"你单位报送的“{DocumentText.Line(notice.MatterTitle)}”（办件编号：{DocumentText.Line(notice.MatterNumber)}）于{DocumentText.Date(notice.ReceivedOn)}收悉。经初步审查，送审材料不齐全或者不符合要求，现将需要补正的全部内容一次性告知如下："))
        .Headed("需要补正的材料", Items(notice.Missing.Select(ItemText)))
        .Headed("补正期限", [.. Text($"请于{DocumentText.Date(notice.DueOn)}前补正。补正期间不计入审查期限。"), .. Text(notice.Consequence)])
        .Unheaded(Text("特此通知。"))
        .Sections;

    private static string ItemText(MissingItem item)
    {
        var name = DocumentText.Line(item.Name);
        var requirement = DocumentText.Line(item.Requirement).TrimEnd('。');
        var basis = DocumentText.Line(item.Basis);
        return name + (requirement.Length > 0 ? "：" + requirement : "") + (basis.Length > 0 ? $"（依据：{basis}）" : "") + "。";
    }
}
