using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace ExpertPanel.Server.Hosting;

/// <summary>The server itself: address, limits, proxies it believes, limits of rate.</summary>
public static class HostingSetup
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>Settings hold from start to end; watching their files would only cost the machine's few file watches.</summary>
    public const string ReadSettingsOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A matter's attachment may have 30 MB; the rest is the form around it.</summary>
    public const long MostUpload = 30L * 1024 * 1024;

    private const long MostBody = MostUpload + (1024 * 1024);

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateScopes, o.ValidateOnBuild) = (true, true));
        builder.WebHost.UseStaticWebAssets();
        if (!NamesAddress(builder.Configuration)) builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = MostBody;
        });
        builder.Services.Configure<FormOptions>(o => o.MultipartBodyLengthLimit = MostBody);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<MemoryAtRest>();
        builder.Services.AddRateLimits();
        builder.Services.AddProblemDetails();
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section)
            .Validate(o => o.Known.All(p => IPAddress.TryParse(p, out _)), "Proxies:Known: expected IP addresses").ValidateOnStart();
    }

    /// <summary>Believes <c>X-Forwarded-*</c> from the proxies named in the settings and from nobody else.</summary>
    public static void UseKnownProxies(this IApplicationBuilder app, ProxyOptions proxies)
    {
        if (proxies.Known.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies.Known) options.KnownProxies.Add(IPAddress.Parse(proxy));
        app.UseForwardedHeaders(options);
    }

    public static void AnnounceAddress(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        if (addresses is { Count: > 0 }) Console.WriteLine($"ExpertPanel: {string.Join(" ", addresses)}");
    });

    private static bool NamesAddress(IConfiguration configuration) =>
        new[] { "urls", "http_ports", "https_ports" }.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}

/// <summary>Section <c>Proxies</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>IP addresses of the reverse proxies in front of this server.</summary>
    public List<string> Known { get; set; } = [];
}
