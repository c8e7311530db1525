using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Account;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Account");
        foreach (var open in new[] { "/Account/Login", "/Account/LoginCode", "/Account/Logout", "/Account/Language", "/Account/Invitation" }) pages.AllowAnonymousToPage(open);
    }
}
