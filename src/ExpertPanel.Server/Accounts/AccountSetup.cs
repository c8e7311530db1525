using ExpertPanel.Server.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace ExpertPanel.Server.Accounts;

/// <summary>Accounts, sessions and who may do what.</summary>
public static class AccountSetup
{
    private const int WrongTriesUntilLocked = 5;

    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section)
            .PostConfigure(o => o.SecondFactor ??= !development)
            .Validate(o => development || o.SecondFactor == true, "Accounts:SecondFactor: the second factor can be off in Development only")
            .Validate(o => o.Idle > TimeSpan.Zero && o.Longest >= o.Idle, "Accounts:Idle and Accounts:Longest: expected times, the longest not below the idle one")
            .ValidateOnStart();
        services.AddIdentityCore<AppUser>(Rules)
            .AddEntityFrameworkStores<PanelDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddPasswordValidator<CommonPasswords>()
            .AddErrorDescriber<AccountErrors>()
            .AddTokenProvider<AuthenticatorTokenProvider<AppUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication(Schemes.Choice)
            .AddPolicyScheme(Schemes.Choice, null, o => o.ForwardDefaultSelector = Schemes.For)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(Schemes.ApiToken, null)
            .AddCookie(IdentityConstants.ApplicationScheme, o => Session(o, Name("session", development), development, configuration))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, o =>
            {
                Protect(o.Cookie, Name("second-factor", development), development);
                o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.Configure<AntiforgeryOptions>(o => Protect(o.Cookie, Name("antiforgery", development), development));
        services.Configure<CookieTempDataProviderOptions>(o => Protect(o.Cookie, Name("notice", development), development));
        services.AddAuthorization(Policies.Add);
        return services.AddHttpContextAccessor()
            .AddSingleton<LoginThrottle>()
            .AddScoped<SignIn>()
            .AddScoped<SecondFactor>()
            .AddScoped<AccountErrors>()
            .AddScoped<RecordedChange>()
            .AddScoped<AccountAdministration>()
            .AddScoped<DelegationAdministration>()
            .AddScoped<MembershipAdministration>()
            .AddScoped<ApiTokens>()
            .AddScoped<ActorFactory>()
            .AddScoped<CurrentActor>()
            .AddScoped<IAuthorizationHandler, AnyRoleHandler>();
    }

    private static void Rules(IdentityOptions o)
    {
        o.Lockout = new() { AllowedForNewUsers = true, MaxFailedAccessAttempts = WrongTriesUntilLocked, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
        // Length and a list of the commonest, no rules of composition (ASVS 5.0 V6.2).
        o.Password = new() { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5 };
        // Officials sign in by a name, which may be Chinese.
        o.User.AllowedUserNameCharacters = "";
    }

    private static void Session(CookieAuthenticationOptions o, string name, bool development, IConfiguration configuration)
    {
        var limits = configuration.GetSection(AccountOptions.Section).Get<AccountOptions>() ?? new();
        Protect(o.Cookie, name, development);
        (o.LoginPath, o.AccessDeniedPath, o.ReturnUrlParameter) = ("/login", "/denied", "returnUrl");
        (o.ExpireTimeSpan, o.SlidingExpiration) = (limits.Idle, true);
        o.Events.OnSigningIn = SessionCheck.BeginAsync;
        o.Events.OnValidatePrincipal = SessionCheck.CheckAsync;
        o.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>
    /// A <c>__Host-</c> cookie is bound to this very host and to TLS; Development speaks plain HTTP. The pipeline makes every cookie secure:
    /// left to itself, antiforgery would fail on a browser's plain but trusted <c>http://localhost</c>.
    /// </summary>
    private static string Name(string name, bool development) => development ? $"expertpanel-{name}" : $"__Host-expertpanel-{name}";

    private static void Protect(CookieBuilder cookie, string name, bool development)
    {
        cookie.Name = name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}

public static class Schemes
{
    public const string ApiToken = "ApiToken";

    internal const string Choice = "PageOrApi";

    /// <summary>The API takes tokens and no cookie, so that no other site can make a browser call it.</summary>
    internal static string For(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? ApiToken : IdentityConstants.ApplicationScheme;
}
