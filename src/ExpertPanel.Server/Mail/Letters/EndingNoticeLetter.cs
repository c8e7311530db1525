using ExpertPanel.Workflows.Matters;
using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>What the notices of a matter that ends without an opinion have in common: the reason, its explanation, what to do next.</summary>
public abstract class EndingNoticeLetter(LetterSource source) : SponsorLetter(source)
{
    protected abstract string Outcome { get; }

    protected abstract string Next { get; }

    protected override IEnumerable<LetterPart> Write()
    {
        yield return Say($"你单位送审的{TheMatter}，{Outcome}");
        if (Source.Contents is { } open)
        {
            if (Reason(open.Text("reason")) is { Length: > 0 } reason) yield return new Items("理由", [reason]);
            if (open.Has("text")) yield return new Items("说明", open.Lines("text"));
            if (open.Has("properBody")) yield return new Items("有权办理的机关", [open.Text("properBody")]);
        }
        else
            yield return NotByMail;

        yield return MatterPage;
        yield return Say(Next);
    }

    private static string Reason(string code) => Enum.TryParse<EndingReason>(code, out var reason)
        ? reason switch
        {
            EndingReason.NotOurCompetence => "不属于本办职责范围",
            EndingReason.NotALegalQuestion => "不属于法律问题",
            EndingReason.ProcedureNotFollowed => "未履行规定程序",
            EndingReason.MaterialsNotSupplied => "材料不齐且未按要求补正",
            EndingReason.DuplicateSubmission => "重复送审",
            EndingReason.SponsorRequest => "送审单位申请",
            EndingReason.BasisDisappeared => "送审依据已不存在",
            _ => "",
        }
        : "";
}

/// <summary>不予受理通知.</summary>
public sealed class DeclineNoticeLetter(LetterSource source) : EndingNoticeLetter(source)
{
    public override string Name => "不予受理通知";

    protected override string Outcome => "经初审，决定不予受理。";

    protected override string Next => "上述情形消除后，可以重新送审；有异议的，请与我办联系。";
}

/// <summary>退回通知.</summary>
public sealed class ReturnNoticeLetter(LetterSource source) : EndingNoticeLetter(source)
{
    public override string Name => "退回通知";

    protected override string Outcome => "现予退回，不再办理。";

    protected override string Next => "完善后可以重新送审；有异议的，请与我办联系。";
}

/// <summary>转办通知.</summary>
public sealed class TransferNoticeLetter(LetterSource source) : EndingNoticeLetter(source)
{
    public override string Name => "转办通知";

    protected override string Outcome => "经审核应由其他机关办理，现予转办。";

    protected override string Next => "后续事宜请与接收机关联系。";
}
