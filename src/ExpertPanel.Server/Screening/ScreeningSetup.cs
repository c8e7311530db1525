using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Screening;

public static class ScreeningSetup
{
    public static IServiceCollection AddScreening(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScreeningOptions>().Bind(configuration.GetSection(ScreeningOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScreeningOptions>, Checked>());
        services.TryAddSingleton<FileScreen>();
        services.TryAddSingleton<FileScanner>();
        services.TryAddSingleton<FileRescan>();
        services.TryAddSingleton<FileStates>();
        services.TryAddSingleton<FileReading>();
        return services;
    }

    private sealed class Checked : IValidateOptions<ScreeningOptions>
    {
        public ValidateOptionsResult Validate(string? name, ScreeningOptions options) => options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
