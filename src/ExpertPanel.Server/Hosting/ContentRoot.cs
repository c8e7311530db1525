namespace ExpertPanel.Server.Hosting;

/// <summary>Published output carries its pages and seeds beside the program and runs from any folder; a clone serves them from the project.</summary>
public static class ContentRoot
{
    private const string Pages = "wwwroot";

    /// <summary>The program's own folder, or null for the framework's default, which is where it was started or what was asked for.</summary>
    public static string? Find(string[] args) =>
        args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null
        : Directory.Exists(Path.Combine(AppContext.BaseDirectory, Pages)) || !Directory.Exists(Pages) ? AppContext.BaseDirectory
        : null;
}
