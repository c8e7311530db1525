using System.Text.Encodings.Web;
using System.Text.Unicode;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What a folder of pages says of itself: who may open it. Each folder's <c>Conventions.cs</c> implements it and is found by itself.</summary>
public interface IFolderConventions
{
    void Apply(PageConventionCollection pages);
}

public static class PagesSetup
{
    public static IServiceCollection AddPanelPages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorPages().AddMvcOptions(o => o.Filters.Add<NamedHandlersOnly>());
        services.Configure<RazorPagesOptions>(o =>
        {
            foreach (var folder in Folders()) folder.Apply(o.Conventions);
        });
        // Chinese stays readable in the page's source; what could be markup is still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<Microsoft.AspNetCore.Mvc.ViewFeatures.IFileVersionProvider, AssetVersions>();
        return services.AddSingleton<Words>()
            .AddSingleton<BrowserLibraries>()
            .AddSingleton<PageIndex>()
            .AddScoped<StageNames>()
            .AddScoped<MenuCounters>()
            .AddScoped<Desk.DeskLists>()
            .AddSingleton<Settings.SettingTexts>()
            .AddScoped<Settings.RulesEditor>()
            .AddScoped<Settings.OrganisationEditor>();
    }

    private static IEnumerable<IFolderConventions> Folders() =>
        typeof(PagesSetup).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IFolderConventions)))
            .Select(t => (IFolderConventions)(Activator.CreateInstance(t) ?? throw new InvalidOperationException($"{t} can't be made.")));
}
