using System.Globalization;
using System.Net;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Tenancy;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Hosting;

/// <summary>What every request passes, in order.</summary>
public static class Pipeline
{
    public const string LanguageCookie = "lang";

    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    public static void UsePipeline(this WebApplication app)
    {
        app.UseKnownProxies(app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        app.UseMiddleware<CommitteeAddress>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization(ByCookie());
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorAnswers.ForExceptionAsync, AllowStatusCode404Response = true });
        app.UseStatusCodePages(context => ErrorAnswers.ForStatusAsync(context.HttpContext));
        if (!app.Environment.IsDevelopment()) app.UseTls();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Prepare });
        app.UseSchemaGate();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<AccountGate>();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    /// <summary>
    /// Cookies leave only marked secure, and a page asked for without TLS is not served: its cookies would be lost on the way. The
    /// machine itself and the health check are let through.
    /// </summary>
    private static void UseTls(this IApplicationBuilder app)
    {
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        app.Use(static (context, next) =>
        {
            if (context.Request.IsHttps || IsThisMachine(context.Request.Host.Host) || context.Request.Path == "/healthz") return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>An address with a version never changes what it means; any other is asked about each time.</summary>
    private static void Prepare(StaticFileResponseContext file)
    {
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
        DrawCheckPage.Prepare(file);
    }

    /// <summary>Chinese unless the reader chose otherwise; the browser's own wish is not asked.</summary>
    private static RequestLocalizationOptions ByCookie()
    {
        var cultures = Languages.Select(l => new CultureInfo(l)).ToList();
        return new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Languages[0]),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = LanguageCookie }],
        };
    }
}
