using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Settings;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Settings", Policies.Staff);
        pages.AuthorizePage("/Settings/Edit", Policies.Settings);
    }
}
