using ExpertPanel.Workflows.Conflicts;

namespace ExpertPanel.Tests.Workflows.Conflicts;

/// <summary>A matter, an expert, and the conflict that was put between them; or none.</summary>
internal sealed record Pair(string Category, MatterInterests Matter, ScreenedExpert Expert, OrganisationTable Table, string? Planted);

/// <summary>Pairs with a known answer: each has exactly one planted tie, everything else about it is of other bodies and persons.</summary>
internal sealed class PlantedConflicts(int seed)
{
    private readonly MadeUpNames names = new(seed);

    public static readonly string[] Categories =
    [
        "exact", "width and spacing", "rewritten", "branch", "old name", "branch of an old name", "affiliated", "former employer", "former employer rewritten",
        "declared", "relative", "relative with kinship written", "opposing counsel", "opposing counsel's branch", "sponsor's people", "prior handling", "prior handling of a linked matter",
        "slip of the pen", "subordinate",
    ];

    public Pair Planted(string category)
    {
        var (matter, expert) = (Matter(), Expert());
        var body = names.Any();
        if (category.StartsWith("opposing", StringComparison.Ordinal)) return Counsel(category, matter, expert);
        if (category.StartsWith("relative", StringComparison.Ordinal) || category.StartsWith("sponsor", StringComparison.Ordinal)) return OfPeople(category, matter, expert);
        if (category.StartsWith("prior", StringComparison.Ordinal)) return Prior(category, matter, expert);
        if (category == "slip of the pen") return Slip(matter, expert);
        if (category == "subordinate") return Subordinate(matter, expert);
        if (category is "old name" or "branch of an old name") return OldName(category, matter, expert);
        if (category == "affiliated") return Affiliated(matter, expert);

        var written = category switch
        {
            "exact" => body.Name,
            "width and spacing" => names.Below(2) == 0 ? names.Spaced(body.Name) : names.FullWidth(names.Spaced(names.Branch(body))),
            "branch" => names.Branch(body),
            "former employer" or "declared" => names.Below(2) == 0 ? body.Name : names.Spaced(body.Name),
            _ => names.Rewritten(body),
        };
        expert = category switch
        {
            "declared" => expert with { Conflicts = [written] },
            _ when category.StartsWith("former", StringComparison.Ordinal) => expert with { FormerEmployers = [written, .. expert.FormerEmployers] },
            _ => expert with { Employer = written },
        };
        return new(category, With(matter, body.Name, body.Kind), expert, OrganisationTable.Empty, body.Name);
    }

    public Pair Innocent() => Until(() => new Pair("innocent", Matter(), Expert(), OrganisationTable.Empty, null), IsUntied);

    /// <summary>As like as different bodies can be: the same department elsewhere, the same trade next door, the neighbouring university.</summary>
    public Pair HardInnocent() => Until(LikePair, IsUntied);

    /// <summary>Chance may give both sides one name; that is no innocent pair.</summary>
    private static bool IsUntied(Pair pair) =>
        !((string[])[pair.Matter.Sponsor, .. pair.Matter.CoSponsors, .. pair.Matter.Parties, .. pair.Matter.Counsel, .. pair.Matter.People, .. pair.Matter.SponsorPeople])
            .Intersect([pair.Expert.Employer, .. pair.Expert.FormerEmployers, .. pair.Expert.Relatives, pair.Expert.Name]).Any();

    private Pair LikePair()
    {
        var (matter, expert) = (Matter(), Expert());
        var body = names.Any();
        var other = body.Kind switch
        {
            BodyKind.Firm => names.Firm() with { Place = body.Place, Brand = Unlike(body.Brand) },
            BodyKind.Company => body with { Brand = Unlike(body.Brand) },
            BodyKind.Department when names.Below(2) == 0 => Until(() => names.Department() with { Place = body.Place }, d => d.Brand != body.Brand),
            BodyKind.Department => Until(() => names.Department() with { Brand = body.Brand, Trade = body.Trade }, d => d.Place != body.Place),
            BodyKind.University => Until(names.University, u => u.Name != body.Name),
            _ => Until(names.Court, c => c.Name != body.Name),
        };
        return new("hard innocent", With(matter, body.Name, body.Kind), expert with { Employer = other.Name, CivilServant = other.Kind == BodyKind.Department }, OrganisationTable.Empty, null);
    }

    private string Unlike(string brand) => Until(() => names.Brand(2), b => b != brand);

    private static T Until<T>(Func<T> make, Predicate<T> good)
    {
        while (true)
            if (make() is var made && good(made)) return made;
    }

    private Pair Counsel(string category, MatterInterests matter, ScreenedExpert expert)
    {
        var firm = names.Firm();
        var counsel = names.Below(4) == 0 ? $"{firm.Name}{names.Person()}律师" : firm.Name;
        var employer = category == "opposing counsel" ? names.Below(2) == 0 ? firm.Name : names.Rewritten(firm) : names.Branch(firm);
        return new(category, matter with { Counsel = [counsel, .. matter.Counsel] }, expert with { Employer = employer }, OrganisationTable.Empty, counsel);
    }

    private Pair OfPeople(string category, MatterInterests matter, ScreenedExpert expert)
    {
        var person = names.Person();
        var relative = category switch
        {
            "relative with kinship written" => names.Below(3) switch { 0 => $"配偶：{person}", 1 => $"{person}（女儿）", _ => $"弟弟{person}" },
            _ => names.Below(2) == 0 ? person : names.Spaced(person),
        };
        matter = category.StartsWith("sponsor", StringComparison.Ordinal)
            ? matter with { SponsorPeople = [person] }
            : names.Below(2) == 0 ? matter with { People = [person, .. matter.People] } : matter with { Parties = [person, .. matter.Parties] };
        expert = category.StartsWith("sponsor", StringComparison.Ordinal) && names.Below(2) == 0 ? expert with { Name = person } : expert with { Relatives = [relative] };
        return new(category, matter, expert, OrganisationTable.Empty, person);
    }

    private Pair Prior(string category, MatterInterests matter, ScreenedExpert expert)
    {
        var number = category == "prior handling" ? "620000-2014-0002" : "620000-2013-0117";
        PriorHandler handler = names.Below(3) switch
        {
            0 => new(expert.BankNumber, expert.Name, null, "专家意见", number),
            1 => new(null, names.Spaced(expert.Name), expert.Employer, "承办人", number),
            _ => new(null, expert.Name, null, "论证会出席专家", number),
        };
        return new(category, matter with { PriorHandlers = [handler] }, expert, OrganisationTable.Empty, matter.Sponsor);
    }

    private Pair Slip(MatterInterests matter, ScreenedExpert expert)
    {
        var body = names.Below(2) == 0 ? names.Firm() with { Brand = names.Brand(3) } : names.Company();
        var brand = body.Brand.ToCharArray();
        brand[names.Below(brand.Length)] = '禾';
        return new("slip of the pen", With(matter, body.Name, body.Kind), expert with { Employer = (body with { Brand = new(brand) }).Name }, OrganisationTable.Empty, body.Name);
    }

    private Pair Subordinate(MatterInterests matter, ScreenedExpert expert)
    {
        var (whole, part) = names.Below(3) switch
        {
            0 => ("兰州大学", "兰州大学第二医院"),
            1 => ($"甘肃陇塬{names.Brand()}集团有限公司", ""),
            _ => ("甘肃省生态环境厅", "甘肃省生态环境厅环境工程评估中心"),
        };
        if (part.Length == 0) part = whole.Replace("集团有限公司", "路桥建设有限公司", StringComparison.Ordinal);
        var swap = names.Below(2) == 0;
        return new("subordinate", matter with { Parties = [swap ? part : whole, .. matter.Parties] }, expert with { Employer = swap ? whole : part }, OrganisationTable.Empty, swap ? part : whole);
    }

    private Pair OldName(string category, MatterInterests matter, ScreenedExpert expert)
    {
        var (old, now) = (names.Any(), names.Any());
        var table = new OrganisationTable([new(now.Name, [old.Name], [], [], "示例机构改革方案")]);
        var written = category == "old name" ? names.Spaced(old.Name) : names.Branch(old);
        return names.Below(2) == 0
            ? new(category, With(matter, now.Name, now.Kind), expert with { Employer = written }, table, now.Name)
            : new(category, With(matter, written, old.Kind), expert with { Employer = now.Name }, table, written);
    }

    private Pair Affiliated(MatterInterests matter, ScreenedExpert expert)
    {
        var (one, other) = (names.Company(), names.Company());
        var table = new OrganisationTable([new(one.Name, [], [other.Name], [], "企业信用信息公示")]);
        return new("affiliated", With(matter, one.Name, one.Kind), expert with { Employer = names.Below(2) == 0 ? other.Name : names.Branch(other) }, table, one.Name);
    }

    /// <summary>Puts a body where one of its kind stands in a submission.</summary>
    private MatterInterests With(MatterInterests matter, string name, BodyKind kind) => kind switch
    {
        BodyKind.Firm => matter with { Counsel = [name, .. matter.Counsel] },
        BodyKind.Department when names.Below(2) == 0 => matter with { Sponsor = name },
        BodyKind.Department => matter with { CoSponsors = [name] },
        _ => matter with { Parties = [name, .. matter.Parties] },
    };

    private MatterInterests Matter() => new(
        names.Department().Name, names.Below(3) == 0 ? [names.Department().Name] : [], [names.Company().Name, names.Company().Name], [names.Firm().Name],
        [names.Person(), names.Person()], [names.Person()], []);

    private ScreenedExpert Expert()
    {
        var employer = names.Below(10) switch
        {
            < 4 => names.Firm().Name,
            < 7 => names.University() is var u && names.Below(2) == 0 ? u.Name : names.Branch(u),
            < 9 => names.Court().Name + "（退休）",
            _ => names.Company().Name,
        };
        return new($"E{names.Below(10_000):0000}", names.Person(), employer, names.Below(3) == 0 ? [names.Firm().Name] : [], [], names.Below(3) == 0 ? [names.Person()] : [], false);
    }
}
