using ExpertPanel.Server.Screening;

namespace ExpertPanel.Server.Documents;

/// <summary>What an expert wrote into the 专家意见表; what was left empty is empty.</summary>
/// <param name="MatterNumber">As the form names its matter.</param>
/// <param name="Conclusion">The one choice that was ticked, in the form's words; null where none was, or more than one.</param>
/// <param name="Unclear">More than one choice was ticked.</param>
/// <param name="Recuses">The expert declares a ground of recusal.</param>
public sealed record OpinionForm(
    string MatterNumber, string? Conclusion, bool Unclear, string Grounds, string Articles, string Suggestions, bool Dissent, bool Recuses, string SignedBy, string Date)
{
    public const string Title = "专家意见表";

    internal const string Prompt = "（请在此填写）";
    internal const string ChoiceHint = "（请选一项划√）";

    /// <summary>The matter's number stands in the form as text; everything else has a control.</summary>
    internal static class Field
    {
        public const string Matter = "办件编号";
        public const string Conclusion = "结论意见";
        public const string Grounds = "理　　由";
        public const string Articles = "引用条文";
        public const string Suggestions = "修改建议";
        public const string Dissent = "不同意见";
        public const string Declaration = "声　　明";
        public const string Signature = "专家签名";
        public const string Date = "日　　期";
    }

    internal static class Tag
    {
        public const string Conclusion = "opinion.conclusion";
        public const string Grounds = "opinion.grounds";
        public const string Articles = "opinion.articles";
        public const string Suggestions = "opinion.suggestions";
        public const string Dissent = "opinion.dissent";
        public const string Declaration = "opinion.declaration";
        public const string Signature = "opinion.signature";
        public const string Date = "opinion.date";
    }

    internal const string RecusalChoice = "本人应当回避，理由：";

    /// <summary>Something that only the expert can have written.</summary>
    public bool IsFilled => Conclusion is not null || Unclear || Recuses || Dissent || (Grounds + Articles + Suggestions).Length > 0;

    /// <summary>Grounds and articles as one text, as an opinion has it.</summary>
    public string Text => Articles.Length == 0 ? Grounds : Grounds.Length == 0 ? $"引用条文：\n{Articles}" : $"{Grounds}\n\n引用条文：\n{Articles}";

    /// <summary>
    /// Reads a form that came back: by the tags of its controls, and where a program lost them by the labels beside the cells. The caller
    /// has screened the file.
    /// </summary>
    /// <returns>Null where the file is no such form.</returns>
    public static OpinionForm? Read(string type, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (type != FileScreen.Docx || DocxText.Read(content, (int)DocxText.MostCharacters, ct) is not { } docx) return null;
        var cells = new Cells(docx.Cells);
        if (!cells.Have(Tag.Grounds, Field.Grounds) || !cells.Have(Tag.Conclusion + ".1", Field.Conclusion)) return null;
        var ticked = TickedChoices.In(cells.Text(Tag.Conclusion + ".1", Field.Conclusion).Replace(ChoiceHint, "", StringComparison.Ordinal));
        return new(
            cells.Text(null, Field.Matter).Trim(), ticked.Count == 1 ? ticked[0] : null, ticked.Count > 1, cells.Text(Tag.Grounds, Field.Grounds), cells.Text(Tag.Articles, Field.Articles),
            cells.Text(Tag.Suggestions, Field.Suggestions), TickedChoices.In(cells.Text(Tag.Dissent + ".1", Field.Dissent), orAlone: false).Count > 0,
            TickedChoices.In(cells.Text(Tag.Declaration + ".1", Field.Declaration), orAlone: false).Any(t => t.StartsWith("本人应当回避", StringComparison.Ordinal)),
            cells.Text(Tag.Signature, Field.Signature).Trim(), cells.Text(Tag.Date, Field.Date).Trim());
    }

    private sealed class Cells(IReadOnlyList<DocxCell> cells)
    {
        public bool Have(string tag, string label) => Find(tag, label) is not null;

        /// <summary>All of the cell, for people write beside a control as well as into it; without the prompt.</summary>
        public string Text(string? tag, string label) =>
            (Find(tag, label)?.Text ?? "").Replace(Prompt, "", StringComparison.Ordinal).Trim('\n', '\r', ' ', '\t', '　');

        private DocxCell? Find(string? tag, string label)
        {
            if (tag is not null && cells.FirstOrDefault(c => c.Tags.ContainsKey(tag)) is { } found) return found;
            var name = Bare(label);
            for (var i = 0; i + 1 < cells.Count; i++)
                if (Bare(cells[i].Text) == name)
                    return cells[i + 1];
            return null;
        }

        private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).TrimEnd('：', ':');
    }
}
