using System.Diagnostics;
using System.Reflection;
using ExpertPanel.Server.Seeding;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Hosting;

/// <summary>
/// Loads the demo province by this program's own verb, in a process that ends. A year of made-up work leaves some sixty megabytes of compiled
/// code behind, which no collection gives back; the server would hold them until its next start.
/// </summary>
public sealed class SeedingApart(IOptions<DatabaseOptions> database, IConfiguration configuration, IHostEnvironment environment) : IDemoSeeding
{
    private readonly DemoSeeding here = new();

    /// <exception cref="IOException">The verb didn't end well; it has said why.</exception>
    public async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Somebody else's program that only borrows this one, as a test host does, has no verbs. A demo that is there needs no second process.
        if (Environment.ProcessPath is not { } program || Assembly.GetEntryAssembly() is not { } entry || entry != typeof(SeedingApart).Assembly
            || await DemoSeeding.IsThereAsync(services, cancellationToken))
        {
            await here.SeedAsync(services, cancellationToken);
            return;
        }

        using var seeding = Process.Start(Verb(program, entry.Location)) ?? throw new IOException($"{program} could not be started to load the demo");
        try
        {
            await seeding.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What it has committed is whole; the next start goes on from there.
            seeding.Kill();
            throw;
        }

        if (seeding.ExitCode != 0) throw new IOException($"the demo could not be loaded (seed demo ended with {seeding.ExitCode}); Demo:Seed=false starts without it");
    }

    private ProcessStartInfo Verb(string program, string assembly)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Environment.CurrentDirectory };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(assembly);
        start.ArgumentList.Add("seed");
        start.ArgumentList.Add("demo");
        // The environment is inherited; what was said on the command line is handed on the same way, where no list of processes shows a password.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment.EnvironmentName;
        foreach (var (key, value) in Said()) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["Database__ConnectionString"] = database.Value.Target.ConnectionString;
        return start;
    }

    private IEnumerable<KeyValuePair<string, string?>> Said() =>
        configuration is IConfigurationRoot root && root.Providers.OfType<CommandLineConfigurationProvider>().ToList() is { Count: > 0 } spoken
            ? configuration.AsEnumerable().Where(setting => setting.Value is not null && spoken.Exists(provider => provider.TryGet(setting.Key, out _)))
            : [];
}

public static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services.AddSingleton<IDemoSeeding, SeedingApart>();
}
