namespace ExpertPanel.BrowserTests;

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Built beside the tests, in the same configuration.</summary>
    public static string ServerProgram
    {
        get
        {
            var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(Root, "artifacts", "bin", "ExpertPanel.Server", configuration, "ExpertPanel.Server.dll");
        }
    }

    public static string Screenshot(string name) => Path.Combine(Root, "artifacts", "screenshots", name + ".png");

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "ExpertPanel.sln"))
            ? from
            : FindRoot(Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
