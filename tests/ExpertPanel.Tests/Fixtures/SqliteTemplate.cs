using ExpertPanel.Server.Data;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>A SQLite file that already has the schema, made once a run: copying it costs a fraction of migrating anew.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static async Task CopyToAsync(string path) => File.Copy(await Made.Value, path);

    private static async Task<string> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("panel-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var path = Path.Combine(folder, "panel.db");
        // When the last connection is closed SQLite writes its log back into the file.
        using var factory = new PanelDbFactory(DatabaseTarget.File(path));
        await factory.MigrateAsync(CancellationToken.None);
        return path;
    }
}
