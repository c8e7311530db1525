using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ExpertPanel.Server.Pages.Experts;

/// <summary>The bank is the office's own; sponsors never learn who reviews. Only the secretariat changes it.</summary>
internal sealed class Conventions : IFolderConventions
{
    public void Apply(PageConventionCollection pages)
    {
        pages.AuthorizeFolder("/Experts", Policies.Staff);
        foreach (var page in (string[])["Edit", "New", "Borrow", "Loans", "Import", "Imports"]) pages.AuthorizePage("/Experts/" + page, Policies.Secretariat);
    }
}
