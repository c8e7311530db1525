using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Admin;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Admin", Policies.Staff);
        pages.AuthorizeFolder("/Admin/Accounts", Policies.Accounts);
        pages.AuthorizePage("/Admin/Members", Policies.Members);
        pages.AuthorizePage("/Admin/Accounts/New", Policies.For(Role.SystemAdministrator));
    }
}
