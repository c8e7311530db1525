using static ExpertPanel.Workflows.Documents.SectionList;

namespace ExpertPanel.Workflows.Documents;

/// <summary>不予受理通知: why, on what basis, and who is the proper body.</summary>
public sealed record DeclineNoticeDocument
{
    public required LetterFrame Frame { get; init; }

    public required string MatterNumber { get; init; }

    public required string MatterTitle { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required string Reason { get; init; }

    public required string Basis { get; init; }

    /// <summary>The body to turn to, when there is one.</summary>
    public string? ProperBody { get; init; }
}

public static class DeclineNoticeSections
{
    public static IReadOnlyList<DocumentSection> Of(DeclineNoticeDocument notice) => new SectionList()
        .Unheaded(Text($"你单位报送的“{DocumentText.Line(notice.MatterTitle)}”（办件编号：{DocumentText.Line(notice.MatterNumber)}）于{DocumentText.Date(notice.ReceivedOn)}收悉。经审查，决定不予受理。现将有关事项通知如下："))
        .Headed("不予受理的理由", Text(notice.Reason))
        .Headed("依据", Text(notice.Basis))
        .Headed("办理途径", DocumentText.Line(notice.ProperBody) is { Length: > 0 } body ? Text($"该事项请向{body}提出。") : [])
        .Unheaded(Text("特此通知。"))
        .Sections;
}
