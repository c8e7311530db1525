using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Onboarding;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Onboarding;

/// <summary>The form by which the committee above begins one below: the place, its names, and its three administrators.</summary>
public sealed class FoundModel(PanelDb db, CommitteeFounding founding, CurrentActor current, Words words) : PageModel
{
    [BindProperty]
    public FoundingInput Input { get; set; } = new();

    /// <summary>Places below that have not begun.</summary>
    public IReadOnlyList<CommitteeRow> Places { get; private set; } = [];

    public async Task OnGetAsync(string? code, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(code)) Input = FoundingInput.Of(await founding.CompleteAsync(new(code, null, null, null, null, null, null, null), cancellationToken));
        await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var asked = await founding.CompleteAsync(Input.Asked(), cancellationToken);
        var problems = await founding.FoundAsync(asked, await current.ActingAsAsync(CommitteeFounding.MayFound), cancellationToken);
        if (problems.Count == 0)
        {
            this.Notice(words["Onboarding.WasFounded", asked.Place ?? ""]);
            return LocalRedirect($"/onboarding/{asked.Code}");
        }

        foreach (var problem in problems) ModelState.AddModelError("Input." + problem.Field, Words.Problem(problem));
        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var places = new List<CommitteeRow>();
        foreach (var place in await db.Committees.AsNoTracking().Where(c => !c.Live && c.Id != db.TenantId).OrderBy(c => c.Order).ThenBy(c => c.Code).ToListAsync(cancellationToken))
            if (await CommitteeBelow.IsBelowAsync(db, place, cancellationToken)) places.Add(place);
        Places = places;
    }

    public sealed class FoundingInput
    {
        public string? Code { get; set; }

        public string? Place { get; set; }

        public string? OfficeName { get; set; }

        public string? Level { get; set; }

        public string? ParentCode { get; set; }

        public string? IssuerCode { get; set; }

        public string? Contact { get; set; }

        public List<PersonInput> Administrators { get; set; } = [];

        public static FoundingInput Of(FoundedCommittee known) => new()
        {
            Code = known.Code, Place = known.Place, OfficeName = known.OfficeName, Level = known.Level, ParentCode = known.ParentCode, IssuerCode = known.IssuerCode, Contact = known.Contact,
        };

        /// <summary>The three in their fixed order.</summary>
        public FoundedCommittee Asked() => new(Code, Place, OfficeName, Level, ParentCode, IssuerCode, Contact,
            [.. FoundedCommittee.Three.Select((role, i) => Administrators.ElementAtOrDefault(i) is { } person ? new FirstAdministrator(role, person.UserName, person.DisplayName, person.Email) : new(role, null, null, null))]);
    }

    public sealed class PersonInput
    {
        public string? UserName { get; set; }

        public string? DisplayName { get; set; }

        public string? Email { get; set; }
    }
}
