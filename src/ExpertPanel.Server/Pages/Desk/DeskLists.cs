using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Desk;

/// <summary>待办, 在办, 已办: which matters stand on whose desk.</summary>
public sealed class DeskLists(PanelDb db)
{
    private const string Head = nameof(Role.DivisionHead);
    private const string Sponsor = nameof(Role.Sponsor);

    /// <summary>
    /// Waits for a role this person has, and for this person where one is named; for a head only what concerns the division, and in
    /// countersigning only while the division has not yet signed; for a sponsor only the own unit's. Beside these, whoever decides near
    /// matches has every matter on which one waits, whosever turn it is otherwise.
    /// </summary>
    public IQueryable<MatterRow> Todo(SignedIn me)
    {
        var (roles, desks, unit) = (me.Roles.Select(r => r.ToString()).ToList(), me.Desks.ToList(), me.SponsoringUnit);
        var divisions = me.Delegations.Where(d => d.Role == Role.DivisionHead).Select(d => d.Division).Append(me.Own.Division).OfType<string>().Distinct().ToList();
        var marks = divisions.Select(d => $"\n{d}\n").ToList();
        var anyDivision = divisions.Count == 0;
        var (asHead, deciding) = (roles.Contains(Head), roles.Where(r => r != Head).Select(r => $"\n{r}\n").ToList());
        return db.Matters.Where(m => m.WaitingFor != null
            && ((roles.Contains(m.WaitingFor)
                && (m.WaitingForPerson == null || desks.Contains(m.WaitingForPerson))
                && (m.WaitingFor != Sponsor || m.SponsoringUnit == unit)
                && (m.WaitingFor != Head
                    || (m.CountersignDivisions != null && marks.Any(mark => m.CountersignDivisions.Contains(mark)))
                    || (m.CountersignDivisions == null && (anyDivision || m.Division == null || divisions.Contains(m.Division)))))
                || (m.ConflictRoles != null && !m.Suspended
                    && (deciding.Any(role => m.ConflictRoles.Contains(role))
                        || (asHead && m.ConflictRoles.Contains(Head) && (anyDivision || m.Division == null || divisions.Contains(m.Division)))))));
    }

    /// <summary>Mine as handler or leader, under way, and not waiting for me.</summary>
    public IQueryable<MatterRow> InProgress(SignedIn me)
    {
        var waiting = Todo(me).Select(m => m.Id);
        return Mine(me).Where(m => m.WaitingFor != null && !waiting.Contains(m.Id));
    }

    /// <summary>Matters in which this person has acted, the latest act first.</summary>
    public IQueryable<DoneRow> Done(SignedIn me)
    {
        var id = me.Id;
        var acts = db.History.Where(h => h.ActorId == id).GroupBy(h => h.StreamId).Select(g => new { g.Key, At = g.Max(h => h.At) });
        return acts.Join(db.Matters, a => a.Key, m => m.Id, (a, m) => new DoneRow { Matter = m, ActedAt = a.At });
    }

    /// <summary>Mine with a supervision slip not yet answered.</summary>
    public IQueryable<MatterRow> Supervised(SignedIn me) => Mine(me).Where(m => m.OpenSlips > 0);

    private IQueryable<MatterRow> Mine(SignedIn me)
    {
        var desks = me.Desks.ToList();
        var unit = me.SponsoringUnit;
        var sponsors = me.Is(Role.Sponsor) && unit != null;
        return db.Matters.Where(m => desks.Contains(m.HandlerId!) || desks.Contains(m.LeaderId!) || (sponsors && m.SponsoringUnit == unit));
    }

    public sealed class DoneRow
    {
        public required MatterRow Matter { get; init; }

        public DateTimeOffset ActedAt { get; init; }
    }
}
