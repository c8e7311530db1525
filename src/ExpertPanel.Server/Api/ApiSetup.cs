using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Api;

/// <summary>The HTTP API: the same commands and lists as the pages, for other programs. Bearer tokens, no cookie.</summary>
public static class ApiSetup
{
    public const string Root = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Encoder = MatterCommands.Json.Encoder;
            o.SerializerOptions.DefaultIgnoreCondition = MatterCommands.Json.DefaultIgnoreCondition;
            foreach (var converter in MatterCommands.Json.Converters) o.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi("v1", ApiDescription.Describe);
        return services.AddScoped<CommandRunner>();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization().DisableAntiforgery().ProducesProblem(401).ProducesProblem(403);
        MattersApi.Map(api);
        CommandsApi.Map(api);
        MatterRecordsApi.Map(api);
        FilesApi.Map(api);
        ExpertsApi.Map(api);
        ImportsApi.Map(api);
        LoansApi.Map(api);
        LettersApi.Map(api);
        MailsApi.Map(api);
        CommitteesApi.Map(api);
        OnboardingApi.Map(api);
        UpgradesApi.Map(api);
        DeskApi.Map(api);
        ReportsApi.Map(api);
        api.MapFallback(static () => ApiAnswers.NotFound).ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    /// <summary>Marks an endpoint that takes a command: its body's schema is made from the command's own description.</summary>
    internal static RouteHandlerBuilder TakesCommand(this RouteHandlerBuilder endpoint, Type type, int success)
    {
        var called = MatterCommands.Called(MatterCommands.NameOf(type));
        return endpoint.WithSummary($"{called.Zh} / {called.En}").WithMetadata(new CommandBody(type))
            .Produces<CommandDone>(success).ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422);
    }
}

/// <summary>Which command an endpoint takes.</summary>
internal sealed record CommandBody(Type Type);
