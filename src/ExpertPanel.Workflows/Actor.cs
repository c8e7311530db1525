namespace ExpertPanel.Workflows;

/// <summary>Roles of DOMAIN B. A person may hold several; three-person rules look at the person, not the role.</summary>
public enum Role
{
    /// <summary>收文员</summary>
    RegistryClerk,
    /// <summary>承办人</summary>
    CaseHandler,
    /// <summary>处(科)长</summary>
    DivisionHead,
    /// <summary>办领导（签发人）</summary>
    Leader,
    /// <summary>文书（编号用印）</summary>
    DocumentClerk,
    /// <summary>秘书处（专家联络）</summary>
    Secretariat,
    /// <summary>专家</summary>
    Expert,
    /// <summary>送审单位经办人</summary>
    Sponsor,
    /// <summary>督查员</summary>
    Supervisor,
    /// <summary>档案员</summary>
    Archivist,
    /// <summary>统计员</summary>
    Statistician,
    /// <summary>上级只读</summary>
    UpperReader,
    /// <summary>系统管理员</summary>
    SystemAdministrator,
    /// <summary>安全管理员</summary>
    SecurityAdministrator,
    /// <summary>审计管理员</summary>
    AuditAdministrator,
    /// <summary>The program itself: timers and what follows by itself.</summary>
    System,
}

/// <summary>Who asks. Ids are account ids, expert ids, or <c>system</c>.</summary>
/// <param name="Origin">From where: <c>web</c>, <c>api</c>, <c>mail</c>, <c>timer</c>, <c>route</c>, <c>cli</c>, with an address where known.</param>
/// <param name="OnBehalfOf">The leader or head who named this person as delegate; recorded with the act.</param>
public sealed record Actor(string Id, string Name, IReadOnlySet<Role> Roles, string Origin, string? Division = null, Person? OnBehalfOf = null)
{
    public static Actor System(string origin) => new("system", "系统", new HashSet<Role> { Role.System }, origin);

    public static Actor Expert(Guid id, string name, string origin) => new(id.ToString(), name, new HashSet<Role> { Role.Expert }, origin);

    public Person Person => new(Id, Name);

    public bool Is(Role role) => Roles.Contains(role);
}

/// <summary>A person as kept in a matter: the id for rules, the name for paper.</summary>
public sealed record Person(string Id, string Name);
