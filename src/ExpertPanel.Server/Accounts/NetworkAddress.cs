namespace ExpertPanel.Server.Accounts;

/// <summary>Where a request comes from; behind a known proxy, what that proxy says.</summary>
public static class NetworkAddress
{
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
