using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>Sponsors open the pages of their own matters; each page asks <see cref="MatterAccess"/> which those are.</summary>
internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Matters");
        pages.AuthorizePage("/Matters/Register", Policies.Registering);
        pages.AuthorizePage("/Matters/Correct", Policies.Staff);
    }
}
