using System.Text;
using ExpertPanel.Server.Documents;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// A reply together with the 专家意见表 attached to it. The form speaks where the mail says nothing itself; where both speak and differ, or
/// the form is another's or another matter's, a person reads them.
/// </summary>
internal static class MailedForm
{
    public const string SeeAttachment = "见附件。";

    /// <summary>A line that only points to what is attached.</summary>
    private const int LongestPointer = 60;

    private static readonly string[] Pointers = ["附件", "附表", "附上", "意见表", "随信", "查收", "见附", "attach", "enclosed"];

    private static readonly string[] Courtesies = ["您好", "你好", "各位好", "谢谢", "感谢", "此致", "敬礼", "祝好", "顺祝", "顺颂", "商祺", "工作顺利", "hello", "dear", "thank", "regards", "best"];

    /// <summary>Every different form among the files that was filled in.</summary>
    public static IReadOnlyList<OpinionForm> In(IEnumerable<ReadAttachment> files, CancellationToken ct) =>
        [.. files.Select(file => OpinionForm.Read(file.Type, file.Content, ct)).OfType<OpinionForm>().Where(form => form.IsFilled).Distinct()];

    /// <returns>What both say; or a reason why a person must look.</returns>
    public static (OpinionReply Said, string? Doubt) Together(OpinionReply said, string mailText, IReadOnlyList<OpinionForm> forms, string expertName, string matterNumber)
    {
        if (forms.Count == 0) return (said, null);
        if (forms is not [var form]) return (said, "form-several");
        if (form.MatterNumber.Length > 0 && form.MatterNumber != matterNumber) return (said, "form-other-matter");
        if (form.SignedBy.Length > 0 && Bare(form.SignedBy) != Bare(expertName)) return (said, "form-other-name");
        if (form.Recuses || said.Meaning is ReplyMeaning.Recusal) return (said with { Meaning = ReplyMeaning.Recusal }, null);
        if (said.Meaning is ReplyMeaning.Decline || form.Unclear) return (said, "form-conflict");

        var stand = form.Conclusion is { } words ? ReplyWords.Exactly(words) : null;
        var own = OwnWords(mailText, expertName);
        if (said.Meaning is ReplyMeaning.Opinion)
        {
            if (form.Conclusion is not null && stand != said.Stand) return (said, "form-conflict");
            if (Differ(own.Length > 0 ? said.Text : "", form.Text) || Differ(said.Suggestions ?? "", form.Suggestions)) return (said, "form-conflict");
            return (said with { Text = TextOf(own, said, form), Suggestions = said.Suggestions ?? Some(form.Suggestions), Dissent = said.Dissent || form.Dissent }, null);
        }

        if (said.NamesStand) return (said, null);
        if (own.Length > 0) return (said, "form-conflict");
        return stand is null
            ? (said, "form-stand-unclear")
            : (new(ReplyMeaning.Opinion, stand, form.Text.Length > 0 ? form.Text : SeeAttachment, Some(form.Suggestions), form.Dissent), null);
    }

    /// <summary>For a person who takes a doubtful one: everything that either says.</summary>
    public static OpinionReply Everything(OpinionReply said, string mailText, IReadOnlyList<OpinionForm> forms)
    {
        if (forms.Count == 0) return said;
        var texts = forms.Select(f => f.Text).Where(t => t.Length > 0).ToList();
        if (OwnWords(mailText, "").Length > 0 || texts.Count == 0) texts.Insert(0, said.Text);
        var suggestions = forms.Select(f => f.Suggestions).Prepend(said.Suggestions ?? "").Where(s => s.Length > 0).Distinct(StringComparer.Ordinal);
        return said with
        {
            Text = string.Join($"\n\n【{OpinionForm.Title}】\n", texts.Distinct(StringComparer.Ordinal)), Suggestions = Some(string.Join("\n\n", suggestions)), Dissent = said.Dissent || forms.Any(f => f.Dissent),
        };
    }

    private static string TextOf(string own, OpinionReply said, OpinionForm form) => own.Length == 0 && form.Text.Length > 0 ? form.Text : said.Text;

    /// <summary>The mail's text without what names the stand, points to the form, or is mere courtesy.</summary>
    private static string OwnWords(string text, string expertName)
    {
        var own = text.Split('\n').Select(line => line.Trim(' ', '\t', '\r', '　')).Where(line => line.Length > 0 && !IsNothing(line, expertName));
        return string.Join('\n', own);
    }

    private static bool IsNothing(string line, string expertName)
    {
        if (!line.Any(char.IsLetterOrDigit) || line[^1] is ':' or '：' || Bare(line) == Bare(expertName)) return true;
        if (line.Length <= LongestPointer && Pointers.Any(p => line.Contains(p, StringComparison.OrdinalIgnoreCase))) return true;
        if (line.Length <= 20 && Courtesies.Any(c => line.Contains(c, StringComparison.OrdinalIgnoreCase))) return true;
        return line.Length <= 20 && OpinionReply.Parse(line) is { Meaning: ReplyMeaning.Opinion } && !line.Contains('。', StringComparison.Ordinal);
    }

    private static bool Differ(string one, string other) =>
        one.Length > 0 && other.Length > 0 && !Bare(one).Contains(Bare(other), StringComparison.Ordinal) && !Bare(other).Contains(Bare(one), StringComparison.Ordinal);

    private static string Bare(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));

    private static string? Some(string text) => text.Length > 0 ? text : null;
}
