namespace ExpertPanel.Server.Screening;

/// <summary>Why a file is not taken, as codes that stand with the file; their words are <c>FileFault.*</c>.</summary>
public static class FileFault
{
    public const string Kind = "kind";
    public const string Broken = "broken";
    public const string Encrypted = "encrypted";
    public const string Entries = "entries";
    public const string Size = "size";
    public const string Ratio = "ratio";
    public const string Nested = "nested";
    public const string Path = "path";
    public const string Dtd = "dtd";
    public const string Program = "program";

    public static IReadOnlyList<string> All { get; } = [Kind, Broken, Encrypted, Entries, Size, Ratio, Nested, Path, Dtd, Program];
}
