using System.Runtime.CompilerServices;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>Each server that a test starts would watch its settings files; a user has few watchers (128 on many machines), and no test edits a file.</summary>
internal static class NoFileWatchers
{
    [ModuleInitializer]
    internal static void Unwatch()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "1");
    }
}
