using static ExpertPanel.Workflows.Documents.SectionList;

namespace ExpertPanel.Workflows.Documents;

/// <summary>专家咨询函 with its 专家意见表: the questions put to one expert.</summary>
public sealed record ConsultationLetterDocument
{
    /// <summary>The frame's recipient is the expert, such as 张某委员.</summary>
    public required LetterFrame Frame { get; init; }

    public required string MatterNumber { get; init; }

    public required string MatterTitle { get; init; }

    /// <summary>What the matter is about, as far as the expert may know it.</summary>
    public string? Background { get; init; }

    public required IReadOnlyList<string> Questions { get; init; }

    public required IReadOnlyList<string> Materials { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How to answer: the page, the address.</summary>
    public string? HowToReply { get; init; }

    /// <summary>The conclusions to tick on the form.</summary>
    public IReadOnlyList<string> Choices { get; init; } = ["合法", "修改后合法", "不合法", "属探索性改革，已提示风险", "不属于审查范围"];

    public string RecusalDeclaration { get; init; } =
        "您或者您的近亲属、所在单位与本事项有直接利害关系，或者您曾参与本事项的起草、代理、咨询，以及有其他可能影响公正的情形的，请即告知并回避，勿再查阅所附材料。";

    public string SecrecyDeclaration { get; init; } =
        "本函及所附材料未经公开，请妥善保管，不得复制、转发或者用于其他用途，对咨询内容及您的意见负有保密义务；咨询结束后请退回或者销毁。";
}

public static class ConsultationLetterSections
{
    public static IReadOnlyList<DocumentSection> Of(ConsultationLetterDocument letter) => new SectionList()
        .Unheaded(Text($"因办理“{DocumentText.Line(letter.MatterTitle)}”（办件编号：{DocumentText.Line(letter.MatterNumber)}）需要，现就有关法律问题征求您的意见。请独立、客观地提出书面法律意见。"))
        .Headed("基本情况", Text(letter.Background))
        .Headed("咨询问题", Items(letter.Questions))
        .Headed("所附材料", Items(letter.Materials))
        .Headed("答复期限与方式", [.. Text($"请于{DocumentText.TimeInWords(letter.DueAt)}前填写《专家意见表》并签名后答复。"), .. Text(letter.HowToReply)])
        .Headed("回避与保密", [.. Text(letter.RecusalDeclaration), .. Text(letter.SecrecyDeclaration)])
        .Unheaded(Text("专此函达，请予支持。"))
        .Sections;
}
