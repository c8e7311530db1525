using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.HoldingPen;

internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages) => pages.AuthorizeFolder("/HoldingPen", Policies.Secretariat);
}
