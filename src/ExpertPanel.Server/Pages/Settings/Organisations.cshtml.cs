using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows.Conflicts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>单位名称对照表, which the screening for conflicts reads.</summary>
public sealed class OrganisationsModel(OrganisationEditor editor, CurrentActor current) : PageModel
{
    public int Version { get; private set; }

    public IReadOnlyList<OrganisationEntry> Entries { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        (Version, Entries) = await editor.NewestAsync(cancellationToken);
        MayEdit = (await current.GetAsync()).Roles.Overlaps(OrganisationModel.MayEdit);
    }
}
