namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What the build could fetch from npm. A page names a library only if it is there, and works without it.</summary>
public sealed class BrowserLibraries(IWebHostEnvironment environment)
{
    public bool HasHtmx { get; } = environment.WebRootFileProvider.GetFileInfo("lib/htmx/htmx.min.js").Exists;
}
