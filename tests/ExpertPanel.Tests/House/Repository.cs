namespace ExpertPanel.Tests.House;

/// <summary>A hand-written file with its path from the repository's root.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.Split('\n');
}

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", ".git", "App_Data"];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The hand-written files under a folder with this ending; migrations are the tool's.</summary>
    public static IReadOnlyList<SourceFile> Sources(string folder, string ending = ".cs")
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? [.. Walk(start).Where(f => f.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => new SourceFile(Relative(f), File.ReadAllText(f)))]
            : [];
    }

    public static IReadOnlyList<SourceFile> HandWritten(string folder) =>
        [.. Sources(folder).Where(f => !f.Path.Contains("/Migrations/", StringComparison.Ordinal))];

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Walk));

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "ExpertPanel.sln"))
            ? from
            : FindRoot(Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
