using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Onboarding;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Onboarding", Policies.Onboarding);
        pages.AuthorizePage("/Onboarding/Found", Policies.For(Role.SystemAdministrator));
    }
}
