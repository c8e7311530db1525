using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Committees;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Committees", Policies.Staff);
        pages.AuthorizeFolder("/Reports", Policies.Staff);
    }
}
