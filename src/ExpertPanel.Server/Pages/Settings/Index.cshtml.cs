using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Settings;

public sealed class IndexModel(RulesEditor editor, CurrentActor current) : PageModel
{
    public CommitteeRules Rules { get; private set; } = new(0, []);

    public string ApprovedBy { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public bool MayEdit { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        (Rules, ApprovedBy, At) = await editor.NewestAsync(cancellationToken);
        var me = await current.GetAsync();
        MayEdit = me.Is(Role.SystemAdministrator) || me.Is(Role.DivisionHead);
    }
}
