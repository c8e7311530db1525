using System.Text.Encodings.Web;
using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Mail;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Cli;

/// <summary>The program without its pages, with the same settings, for verbs that need the database.</summary>
internal static class VerbHost
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="database">A connection string instead of the one in the settings.</param>
    /// <param name="working">With the workers, and their log on the console.</param>
    public static IHost Build(string? database = null, bool working = false)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = ContentRoot.Find([]),
            // The web's variable goes before the plain one, as it does when serving.
            EnvironmentName = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        });
        if (database is not null) builder.Configuration.AddInMemoryCollection([new("Database:ConnectionString", database)]);
        if (!working)
        {
            // The answer goes to standard output alone.
            builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).AddFilter(level => level >= LogLevel.Error);
            builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(builder.Configuration)
            .AddPanelProcesses(builder.Configuration)
            .AddMail(builder.Configuration)
            .AddAccounts(builder.Configuration, builder.Environment)
            .AddRouting() // Authorization asks for it; Development checks every service at the start, and is what dotnet run gives a verb.
            .AddLocalization();
        if (working) builder.Services.AddWorkers().AddLending();
        return builder.Build();
    }

    /// <exception cref="VerbRefusedException">The database is not there or has another schema.</exception>
    public static async Task MustBeCurrentAsync(IHost host, CancellationToken cancellationToken)
    {
        if (!await host.Services.GetRequiredService<Schema>().IsCurrentAsync(cancellationToken))
            throw new VerbRefusedException("database: can't be reached or has not this program's schema; check Database:ConnectionString, then run 'migrate'");
    }

    /// <exception cref="VerbRefusedException">There is no such committee.</exception>
    public static async Task<CommitteeRow> CommitteeAsync(PanelDbFactory databases, string code, CancellationToken cancellationToken)
    {
        await using var db = databases.Create(Guid.Empty);
        return await db.Committees.AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, cancellationToken)
            ?? throw new VerbRefusedException($"--committee: there is no committee '{code}'; expected the code of one in service, such as 620000 ('seed committee' puts one in service)");
    }

    public static Task AnswerAsync(TextWriter output, object answer) => output.WriteLineAsync(JsonSerializer.Serialize(answer, answer.GetType(), Readable));
}
