namespace ExpertPanel.Server.Importing;

/// <summary>The code of each specialty by its code and its names in both languages, as a list may write it.</summary>
public sealed record SpecialtyNames(IReadOnlyDictionary<string, string> Codes);
