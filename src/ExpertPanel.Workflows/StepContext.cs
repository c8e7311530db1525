using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Workflows;

/// <summary>All that a decision may know besides the matter and the command: no clock, no database, no chance of its own.</summary>
public sealed record StepContext
{
    public required DateTimeOffset Now { get; init; }

    public required Actor Actor { get; init; }

    public required Route Route { get; init; }

    public required CommitteeRules Rules { get; init; }

    public required WorkingCalendar Calendar { get; init; }

    /// <summary>An id for what the step creates, so that a decision makes none itself.</summary>
    public required Guid NewId { get; init; }

    /// <summary>The bank as it stands now; filled for a command that <see cref="INeedsPool"/>.</summary>
    public IReadOnlyList<PoolMember> Pool { get; init; } = [];

    /// <summary>The last draw's evidence; filled for a command that <see cref="INeedsDraw"/>.</summary>
    public DrawEvidence? Draw { get; init; }

    /// <summary>The next number of the series that the command names; filled for a command that <see cref="INeedsNumber"/>.</summary>
    public int NextSerial { get; init; }

    /// <summary>32 fresh random bytes as lower-case hex; filled for a command that <see cref="INeedsPool"/>.</summary>
    public string Randomness { get; init; } = "";

    /// <summary>Another matter that the command links to; filled for a command that <see cref="INeedsLinkedMatter"/> or <see cref="INeedsScreening"/>.</summary>
    public Matter? Linked { get; init; }

    /// <summary>The office's table of organisations' names; filled for a command that <see cref="INeedsScreening"/>.</summary>
    public OrganisationTable Organisations { get; init; } = OrganisationTable.Empty;

    public DateOnly Today => ChinaTime.LocalDate(Now);
}

/// <summary>The command asks the bank of experts.</summary>
public interface INeedsPool;

/// <summary>
/// The command screens experts: it asks the cards of the bank (without their load, unless it also <see cref="INeedsPool"/>), the office's
/// table of names, and the matter that this one is linked to.
/// </summary>
public interface INeedsScreening;

/// <summary>The command asks the evidence of the last draw.</summary>
public interface INeedsDraw;

/// <summary>The command takes the next number of a gapless series (one per code and year).</summary>
public interface INeedsNumber
{
    /// <summary>The series' code and year.</summary>
    (string Code, int Year) Series(Matter? matter, StepContext at);
}

/// <summary>The command refers to another matter by number.</summary>
public interface INeedsLinkedMatter
{
    string? LinkedNumber { get; }
}

/// <summary>An expert of the bank as the draw sees one, with the id that invitations use. The candidate's own id is the bank number.</summary>
public sealed record PoolMember(Guid ExpertId, Candidate Candidate, bool CivilServant = false);
