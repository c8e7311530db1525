using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Experts;
using ExpertPanel.Server.Files;
using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Server.Processes;

namespace ExpertPanel.Server.Pages.Forms;

public static class FormsSetup
{
    /// <summary>The form engine and what the pages around a matter need.</summary>
    /// <param name="specialtiesFile">The seed file of specialties.</param>
    public static IServiceCollection AddMatterPages(this IServiceCollection services, string specialtiesFile) => services
        .AddSingleton(new SpecialtyList(specialtiesFile))
        .AddSingleton(p => new SpecialtyNames(p.GetRequiredService<SpecialtyList>().ByName))
        .AddSingleton<FileStore>()
        .AddSingleton<IOpinionDocument, IssuedOpinion>()
        .AddScoped<CommandDesk>()
        .AddSingleton<KeptShares>()
        .AddScoped<MatterAccess>()
        .AddScoped<MatterReader>()
        .AddSingleton<Matters.Explained.ExplainedDraws>()
        .AddSingleton<Matters.Explained.ExplanationWords>()
        .AddScoped<ExpertAppointments>()
        .AddScoped<ExpertEditor>();
}
