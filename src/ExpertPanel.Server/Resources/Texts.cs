namespace ExpertPanel.Server.Resources;

/// <summary>Names the texts of the pages: <c>Texts.resx</c> in Chinese, <c>Texts.en.resx</c> in English.</summary>
public sealed class Texts;
