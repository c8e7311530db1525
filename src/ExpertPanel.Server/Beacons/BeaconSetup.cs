using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Beacons;

public static class BeaconSetup
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "seeds", "beacons");

    /// <summary>The chains of drand and the office's choice among them, read once; a wrong setting stops the start.</summary>
    public static IServiceCollection AddBeacons(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BeaconOptions>().Bind(configuration.GetSection(BeaconOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<BeaconOptions>, Checked>()
            .AddSingleton(p => new DrandChains(Shipped, p.GetRequiredService<IOptions<BeaconOptions>>().Value.Drand.Chain));
    }

    private sealed class Checked : IValidateOptions<BeaconOptions>
    {
        public ValidateOptionsResult Validate(string? name, BeaconOptions options)
        {
            var drand = options.Drand;
            if (drand.Margin < DrandOptions.LeastMargin || drand.Margin > DrandOptions.MostMargin)
                return ValidateOptionsResult.Fail($"{BeaconOptions.Section}:Drand:Margin: expected {DrandOptions.LeastMargin} to {DrandOptions.MostMargin}");
            try
            {
                _ = new DrandChains(Shipped, drand.Chain);
                return ValidateOptionsResult.Success;
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                return ValidateOptionsResult.Fail($"{BeaconOptions.Section}:Drand:Chain: {fault.Message}");
            }
        }
    }
}
