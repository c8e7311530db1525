using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>Somebody of the office who can be named on a form.</summary>
public sealed record Colleague(Person Person, string? Division, IReadOnlySet<Role> Roles);

/// <summary>What forms offer to choose from: the committee's people and divisions, and the specialties.</summary>
public sealed record FormChoices(IReadOnlyList<Colleague> Colleagues, IReadOnlyList<Specialty> Specialties)
{
    public IReadOnlyList<string> Divisions { get; } = [.. Colleagues.Select(c => c.Division).OfType<string>().Where(d => d.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    public static async Task<FormChoices> LoadAsync(PanelDb db, SpecialtyList specialties, CancellationToken cancellationToken)
    {
        var users = await db.Users.AsNoTracking().Where(u => !u.Disabled && u.TenantId == db.TenantId)
            .OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName, u.Division, u.Roles }).ToListAsync(cancellationToken);
        var guests = await db.Memberships.AsNoTracking().Where(m => m.EndedAt == null && db.Users.Any(u => u.Id == m.UserId && !u.Disabled))
            .OrderBy(m => m.DisplayName).Select(m => new { m.UserId, m.DisplayName, m.Division, m.Roles }).ToListAsync(cancellationToken);
        return new(
            [
                .. users.Select(u => new Colleague(new(u.Id.ToString(), u.DisplayName), u.Division, u.Roles)),
                .. guests.Select(g => new Colleague(new(g.UserId.ToString(), g.DisplayName), g.Division, g.Roles)),
            ], specialties.All);
    }

    /// <summary>Who suits the field: a leader for the leader, case handlers for the handler.</summary>
    public IReadOnlyList<Colleague> PeopleFor(string field) => field switch
    {
        nameof(AssignMatter.Leader) => [.. Colleagues.Where(c => c.Roles.Contains(Role.Leader))],
        nameof(AssignMatter.Handler) or nameof(AssignMatter.CoHandlers) => [.. Colleagues.Where(c => c.Roles.Contains(Role.CaseHandler))],
        _ => [.. Colleagues.Where(c => !c.Roles.Contains(Role.Sponsor))],
    };

    public Person? Person(string field, string id) => PeopleFor(field).FirstOrDefault(c => c.Person.Id == id)?.Person;

    public bool IsSpecialty(string code) => Specialties.Any(s => s.Code == code);
}
