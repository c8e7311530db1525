namespace ExpertPanel.Server.Pages.Shared;

/// <summary>Which addresses this program serves, so that the menu names none that isn't there.</summary>
public sealed class PageIndex(EndpointDataSource endpoints)
{
    private readonly Lazy<HashSet<string>> patterns = new(() =>
        endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public bool Has(string path) => patterns.Value.Contains(path);
}
