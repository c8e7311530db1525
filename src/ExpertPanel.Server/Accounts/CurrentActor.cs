using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Accounts;

/// <summary>Who asks in this request. Asked of the database once.</summary>
public sealed class CurrentActor(IHttpContextAccessor accessor, ActorFactory factory)
{
    private SignedIn? known;

    public async ValueTask<SignedIn> GetAsync()
    {
        if (known is not null) return known;
        var context = accessor.HttpContext ?? throw new InvalidOperationException("Outside a request there is no current actor.");
        var channel = context.User.Identity?.AuthenticationType == Schemes.ApiToken ? "api" : "web";
        return known = await factory.MakeAsync(context.User, $"{channel} {NetworkAddress.Of(context)}", context.RequestAborted);
    }

    /// <summary>The actor for a command that the route allows to <paramref name="allowed"/>; see <see cref="SignedIn.ActingAs"/>.</summary>
    public async ValueTask<Actor> ActingAsAsync(IEnumerable<Role> allowed, string? owner = null) => (await GetAsync()).ActingAs(allowed, owner);
}
