using static ExpertPanel.Workflows.Documents.SectionList;

namespace ExpertPanel.Workflows.Documents;

/// <summary>论证会纪要: who met, who said what, how they voted, and who disagreed.</summary>
public sealed record MeetingMinutesDocument
{
    public required string Office { get; init; }

    /// <summary>纪要标志, such as 法律专家论证会纪要.</summary>
    public required string Mark { get; init; }

    /// <summary>The minutes' number, such as 〔2014〕3号.</summary>
    public string? Number { get; init; }

    public required string Title { get; init; }

    public required string MatterNumber { get; init; }

    public required DateTimeOffset HeldAt { get; init; }

    public required string Place { get; init; }

    public required string Chair { get; init; }

    /// <summary>What was argued about.</summary>
    public required string Subject { get; init; }

    /// <summary>出席.</summary>
    public required IReadOnlyList<string> Present { get; init; }

    /// <summary>请假.</summary>
    public IReadOnlyList<string> Excused { get; init; } = [];

    /// <summary>列席.</summary>
    public IReadOnlyList<string> Observers { get; init; } = [];

    public required IReadOnlyList<MeetingView> Views { get; init; }

    public required MeetingVote Vote { get; init; }

    public required string Conclusion { get; init; }

    /// <summary>Recorded word for word, each with its speaker.</summary>
    public IReadOnlyList<MeetingView> Dissents { get; init; } = [];

    public DateOnly? IssuedOn { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public string? Secrecy { get; init; }
}

public sealed record MeetingView(string Speaker, string Text);

public sealed record MeetingVote(int For, int Against, int Abstained);

public static class MeetingMinutesSections
{
    public static IReadOnlyList<DocumentSection> Of(MeetingMinutesDocument minutes) => new SectionList()
        .Unheaded(Text($"{DocumentText.TimeInWords(minutes.HeldAt)}，{DocumentText.Line(minutes.Chair)}在{DocumentText.Line(minutes.Place)}主持召开论证会，对“{DocumentText.Line(minutes.Title)}”（办件编号：{DocumentText.Line(minutes.MatterNumber)}）进行论证。纪要如下："))
        .Headed("论证事项", Text(minutes.Subject))
        .Headed("专家意见", Items(minutes.Views.Select(View)))
        .Headed("表决情况", Text($"到会并表决{minutes.Vote.For + minutes.Vote.Against + minutes.Vote.Abstained}人，赞成{minutes.Vote.For}票、反对{minutes.Vote.Against}票、弃权{minutes.Vote.Abstained}票。"))
        .Headed("论证结论", Text(minutes.Conclusion))
        .Headed("不同意见", Items(minutes.Dissents.Select(View)))
        .Sections;

    private static string View(MeetingView view) => DocumentText.Line(view.Speaker) + "：" + view.Text;
}
