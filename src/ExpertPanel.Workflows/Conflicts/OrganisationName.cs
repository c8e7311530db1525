using System.Runtime.CompilerServices;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// A name of an organisation taken apart: place, core (字号 and trade, or the department), kind, and what hangs on it (branch, division).
/// 甘肃省正天合律师事务所, 正天合律师事务所（甘肃） and 甘肃正天合律所 come to the same parts; nothing is guessed that the words don't say.
/// </summary>
internal sealed record OrganisationName
{
    public required string Written { get; init; }

    /// <summary>The whole name as the draw itself compares names.</summary>
    public required string Text { get; init; }

    public required OrganisationKind Kind { get; init; }

    public required string Core { get; init; }

    /// <summary>From the widest place to the narrowest.</summary>
    public IReadOnlyList<string> Home { get; init; } = [];

    public IReadOnlyList<string> BranchPlaces { get; init; } = [];

    public bool IsBranch { get; init; }

    public bool IsDivision { get; init; }

    /// <summary>集团 or 控股: others may belong to it.</summary>
    public bool IsGroup { get; init; }

    public bool IsShares { get; init; }

    /// <summary>A body of its own whose name begins with another's: 兰州大学第一医院 and 兰州大学.</summary>
    public OrganisationName? Parent { get; init; }

    /// <summary>Other names that the same text gives, such as （原甘肃省环境保护厅）.</summary>
    public IReadOnlyList<OrganisationName> Others { get; init; } = [];

    /// <summary>A person named after the firm: 甘肃某律师事务所张三律师.</summary>
    public string? Person { get; init; }

    public string? Place => Home.Count == 0 ? null : Home[^1];

    /// <summary>Two writings of one body have one identity; its branches and divisions share it.</summary>
    public string Identity => $"{Kind}|{Core}|{Place}";

    public IEnumerable<OrganisationName> All => [this, .. Others];

    /// <summary>
    /// A kind whose bodies are told apart by their place: each province has its 财政厅, and 兰州交通大学 is not 北京交通大学.
    /// A firm's 字号 is its own wherever it sits.
    /// </summary>
    public bool IsPlaceBound => Kind is OrganisationKind.Government or OrganisationKind.Institution;

    public static OrganisationName Parse(string written) => new OrganisationParser(written).Parse();

    /// <summary>Of a name that stands on an expert's card: taken apart once for as long as the card is kept, since every draw asks all of them.</summary>
    public static OrganisationName OnCard(string written) => OnCards.GetValue(written, static text => Parse(text));

    private static readonly ConditionalWeakTable<string, OrganisationName> OnCards = [];
}
