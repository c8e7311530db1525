using System.Threading.RateLimiting;
using ExpertPanel.Server.Accounts;

namespace ExpertPanel.Server.Hosting;

/// <summary>How often one address may ask for what is dear or guessable. Applied by name: <c>[EnableRateLimiting(RateLimits.Reply)]</c>.</summary>
public static class RateLimits
{
    /// <summary>Sign-in: each try costs a password hash.</summary>
    public const string Login = "login";

    /// <summary>The expert's pages by token: guessing must be slow.</summary>
    public const string Reply = "reply";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.AddPolicy(Login, context => PerAddress(context, "RateLimits:LoginPerMinute", 60));
        o.AddPolicy(Reply, context => PerAddress(context, "RateLimits:ReplyPerMinute", 60));
    });

    /// <summary>Reading a form is cheap; only what acts is counted.</summary>
    private static RateLimitPartition<string> PerAddress(HttpContext context, string setting, int most)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.RouteValues["token"] is null)
            return RateLimitPartition.GetNoLimiter("reading");
        var permits = context.RequestServices.GetRequiredService<IConfiguration>().GetValue(setting, most);
        return RateLimitPartition.GetSlidingWindowLimiter(NetworkAddress.Of(context), _ => new()
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = 6,
        });
    }
}
