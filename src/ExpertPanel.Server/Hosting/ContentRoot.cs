namespace ExpertPanel.Server.Hosting;

/// <summary>Published output carries its pages and seeds beside the program and runs from any folder; a clone serves them from the project.</summary>
public static class ContentRoot
{
    /// <summary>The folder of the published program, or null for the framework's default.</summary>
    public static string? Find() => Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
