using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Server.Upgrades;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

public sealed class IndexModel(PanelDb db, RulesEditor editor, UpgradeFinder upgrades, CurrentActor current) : PageModel
{
    public CommitteeRules Rules { get; private set; } = new(0, []);

    public string ApprovedBy { get; private set; } = "";

    /// <summary>Somebody put these rules in force; the first version is the defaults.</summary>
    public bool IsApproved => ApprovedBy != CommitteeSetup.NotApproved;

    public DateTimeOffset At { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>What the program brings that the committee has not adopted.</summary>
    public Upgrade? Upgrade { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        (Rules, ApprovedBy, At) = await editor.NewestAsync(cancellationToken);
        Upgrade = await upgrades.FindAsync(db, cancellationToken);
        var me = await current.GetAsync();
        MayEdit = me.Is(Role.SystemAdministrator) || me.Is(Role.DivisionHead);
    }
}
