using ExpertPanel.Server.Tenancy;

namespace ExpertPanel.Server.Data;

/// <summary>A tenant: the legal office of one government and its expert committee.</summary>
public sealed class CommitteeRow
{
    public Guid Id { get; set; }

    /// <summary>GB/T 2260 code, or the office's own for places outside it.</summary>
    public string Code { get; set; } = "";

    public string Place { get; set; } = "";

    public string OfficeName { get; set; } = "";

    public string? ParentCode { get; set; }

    public string Level { get; set; } = "";

    /// <summary>The office's fixed order of places, not the alphabet's.</summary>
    public int Order { get; set; }

    /// <summary>Runs its own panel in this installation.</summary>
    public bool Live { get; set; }

    public int Version { get; set; }

    /// <summary>Hash of the last history row of the committee's own stream.</summary>
    public string HistoryHead { get; set; } = "";
}

/// <summary>A version of a committee's rules; the highest is in force for new matters.</summary>
public sealed class RulesRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Version { get; set; }

    public string Json { get; set; } = "";

    public string ApprovedBy { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>A version of a committee's route.</summary>
public sealed class RouteRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string RouteId { get; set; } = "";

    public int Version { get; set; }

    public string Json { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>A version of a committee's table of organisations' names; the highest is in force for every matter.</summary>
public sealed class OrganisationsRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Version { get; set; }

    public string Json { get; set; } = "";

    public string ChangedBy { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>A committee's own day: a local festival or a local working day.</summary>
public sealed class LocalDayRow : ITenantOwned
{
    public Guid TenantId { get; set; }

    public DateOnly Date { get; set; }

    public bool IsWorking { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>An expert of the bank (人才库).</summary>
public sealed class ExpertRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public string BankNumber { get; set; } = "";

    public string Name { get; set; } = "";

    public string Gender { get; set; } = "";

    public string Category { get; set; } = "";

    public bool CivilServant { get; set; }

    public string Employer { get; set; } = "";

    public string Title { get; set; } = "";

    public string Mobile { get; set; } = "";

    public bool CommitteeMember { get; set; }

    public DateOnly TermFrom { get; set; }

    public DateOnly TermTo { get; set; }

    public DateOnly? LeaveFrom { get; set; }

    public DateOnly? LeaveTo { get; set; }

    public List<string> Specialties { get; set; } = [];

    public List<string> FormerEmployers { get; set; } = [];

    public List<string> Conflicts { get; set; } = [];

    public List<string> Relatives { get; set; } = [];

    /// <summary>The list that the card came with; null for who was entered alone.</summary>
    public Guid? ImportId { get; set; }

    /// <summary>The loan by which this expert of another bank is a guest in this one; null for the committee's own.</summary>
    public Guid? LoanId { get; set; }

    /// <summary>Whose bank a guest comes from.</summary>
    public string? LentFrom { get; set; }

    public int Version { get; set; }

    public List<ExpertAddressRow> Addresses { get; set; } = [];
}

/// <summary>A registered mail address. Only mail from one of these can count.</summary>
public sealed class ExpertAddressRow : ITenantOwned
{
    public Guid Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid ExpertId { get; set; }

    /// <summary>Lower case.</summary>
    public string Address { get; set; } = "";

    /// <summary>Letters go here.</summary>
    public bool Primary { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Set when a mail server said the address does not exist.</summary>
    public DateTimeOffset? BouncedAt { get; set; }
}
