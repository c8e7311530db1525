namespace ExpertPanel.Server.Reply;

/// <summary>Names the texts of the experts' pages: <c>ReplyTexts.resx</c> in Chinese, <c>ReplyTexts.en.resx</c> in English. Words of the domain come from the common resources.</summary>
public sealed class ReplyTexts;
