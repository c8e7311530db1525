using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Api;
using ExpertPanel.Server.Cli;
using ExpertPanel.Server.Hosting;
using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Lending;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Onboarding;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Reply;
using ExpertPanel.Server.Upgrades;

if (await Verbs.TryRunAsync(args) is { } exitCode) return exitCode;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, HostingSetup.ReadSettingsOnce], ContentRootPath = ContentRoot.Find(args) });
    builder.AddHosting();
    builder.Services
        .AddDatabase(builder.Configuration)
        .AddPanelProcesses(builder.Configuration)
        .AddMail(builder.Configuration)
        .AddWorkers()
        .AddLending()
        .AddOnboarding()
        .AddImporting()
        .AddReplies()
        .AddUpgrades()
        .AddAccounts(builder.Configuration, builder.Environment)
        .AddPanelPages()
        .AddMatterPages(Path.Combine(AppContext.BaseDirectory, "seeds", "specialties", "specialties.json"))
        .AddApi()
        .AddDemo();
    if (builder.Environment.IsDevelopment()) builder.Services.AddDeveloperMailbox();

    var app = builder.Build();
    await app.PrepareDatabaseAsync();
    if (app.Services.GetRequiredService<Schema>().IsKnownCurrent) await app.Services.AnnounceUpgradesAsync(app.Lifetime.ApplicationStopping);
    app.UsePipeline();
    app.MapHealth();
    app.MapApi();
    app.MapRazorPages();
    app.AnnounceAddress();
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartFaults.IsSaid(fault))
{
    return StartFaults.Say(fault);
}
