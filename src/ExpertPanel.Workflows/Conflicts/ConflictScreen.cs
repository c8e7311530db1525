namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// 回避审查 of experts against one matter. The matter's names are taken apart once; each expert then takes microseconds. Certain findings
/// exclude; near ones go to a person, since the law bars who has an interest, not who has a similar name.
/// </summary>
public sealed class ConflictScreen
{
    private readonly OrganisationTable table;
    private readonly List<Interest> bodies;
    private readonly List<Interest> people;
    private readonly ILookup<string, PriorHandler> handlersByNumber;
    private readonly ILookup<string, PriorHandler> handlersByName;
    private readonly Interest sponsor;

    public ConflictScreen(MatterInterests matter, OrganisationTable table)
    {
        this.table = table;
        sponsor = Interest.Of(InterestKind.Sponsor, matter.Sponsor);
        bodies =
        [
            sponsor, .. Of(InterestKind.CoSponsor, matter.CoSponsors), .. Of(InterestKind.Party, matter.Parties), .. Of(InterestKind.Counsel, matter.Counsel),
        ];
        people =
        [
            .. Of(InterestKind.Person, matter.People), .. Of(InterestKind.SponsorPerson, matter.SponsorPeople),
            .. bodies.Where(b => b.Kind is InterestKind.Party or InterestKind.Counsel && b.Person.Key.Length > 0),
        ];
        handlersByNumber = matter.PriorHandlers.Where(h => h.BankNumber is not null).ToLookup(h => h.BankNumber ?? "");
        handlersByName = matter.PriorHandlers.Where(h => h.BankNumber is null).ToLookup(h => PersonName.Parse(h.Name).Key);
    }

    public Screening Screen(ScreenedExpert expert)
    {
        var found = new Found();
        AgainstBodies(found, ConflictRules.Employer, "现工作单位", expert.Employer);
        foreach (var former in expert.FormerEmployers) AgainstBodies(found, ConflictRules.FormerEmployer, "曾任职单位", former);
        foreach (var declared in expert.Conflicts)
        {
            AgainstBodies(found, ConflictRules.Declared, "本人申报的利益冲突", declared);
            AgainstPeople(found, ConflictRules.Declared, "本人申报的利益冲突", declared, Certainty.Certain);
        }

        foreach (var relative in expert.Relatives) AgainstRelative(found, relative);
        AgainstPeople(found, ConflictRules.OwnInterest, "专家本人", expert.Name, Certainty.Near);
        AgainstHandlers(found, expert);
        var line = LineOf(expert);
        return found.All.Count == 0 && line is null ? Screening.Clear : new([.. found.All.Values], line);
    }

    private void AgainstBodies(Found found, string rule, string held, string written, Certainty atMost = Certainty.Certain)
    {
        var name = OrganisationName.OnCard(written);
        foreach (var interest in bodies)
            if (Best(name, interest) is { } match)
                found.Add(new(
                    rule == ConflictRules.Employer && interest.Kind == InterestKind.Counsel ? ConflictRules.Counsel : rule,
                    ConflictRules.SourceOf(rule == ConflictRules.Employer && interest.Kind == InterestKind.Counsel ? ConflictRules.Counsel : rule),
                    Evidence(held, written, interest, match.Likeness, match.TableSource),
                    (Certainty)Math.Max((int)match.Certainty, (int)atMost), match.Likeness, interest.Kind, interest.Written, written));
    }

    private OrganisationMatch? Best(OrganisationName name, Interest interest)
    {
        OrganisationMatch? best = null;
        foreach (var body in interest.Bodies)
            if (OrganisationMatch.Between(name, body, table) is { } match && (best is null || match.Certainty < best.Certainty)) best = match;
        return best;
    }

    /// <summary>A relative who is concerned is a ground; a relative who merely works for one concerned is for a person to weigh.</summary>
    private void AgainstRelative(Found found, string relative)
    {
        var person = PersonName.OnCard(relative);
        AgainstPeople(found, ConflictRules.Relative, "亲属", relative, Certainty.Certain);
        if (person.Key.Length == 0 || person.Bodies.Count == 0) AgainstBodies(found, ConflictRules.Relative, "亲属", relative);
        if (person.Key.Length > 0)
            foreach (var body in person.Bodies) AgainstBodies(found, ConflictRules.Relative, $"亲属“{person.Key}”所在单位", body.Written, Certainty.Near);
    }

    private void AgainstPeople(Found found, string rule, string held, string written, Certainty certainty)
    {
        if (PersonName.OnCard(written).Key is not { Length: >= 2 } key) return;
        foreach (var interest in people.Where(p => p.Person.Key == key))
        {
            var asked = interest.Kind == InterestKind.SponsorPerson ? ConflictRules.SponsorPeople : rule;
            var likeness = certainty == Certainty.Near ? NameLikeness.Namesake : NameLikeness.Same;
            found.Add(new(asked, ConflictRules.SourceOf(asked), Evidence(held, written, interest, likeness, null), certainty, likeness, interest.Kind, interest.Written, written));
        }
    }

    private void AgainstHandlers(Found found, ScreenedExpert expert)
    {
        foreach (var handler in handlersByNumber[expert.BankNumber]) found.Add(Handled(expert, handler, Certainty.Certain));
        foreach (var handler in handlersByName[PersonName.OnCard(expert.Name).Key])
        {
            var colleague = handler.Employer is { } employer && OrganisationMatch.Between(OrganisationName.Parse(employer), OrganisationName.OnCard(expert.Employer), table) is { Certainty: Certainty.Certain };
            found.Add(Handled(expert, handler, colleague ? Certainty.Certain : Certainty.Near));
        }
    }

    private Finding Handled(ScreenedExpert expert, PriorHandler handler, Certainty certainty) => new(
        ConflictRules.PriorHandling, ConflictRules.SourceOf(ConflictRules.PriorHandling),
        $"专家“{expert.Name}”与事项 {handler.MatterNumber} 的{handler.Capacity}“{handler.Name}”{(certainty == Certainty.Certain ? "为同一人" : "同名，可能是同一人")}",
        certainty, certainty == Certainty.Certain ? NameLikeness.Same : NameLikeness.Namesake, InterestKind.PriorHandling, sponsor.Written,
        $"{handler.MatterNumber} {handler.Capacity} {handler.Name}");

    private LineDepartment? LineOf(ScreenedExpert expert)
    {
        if (!expert.CivilServant || sponsor.Organisation is not { Kind: OrganisationKind.Government, Core: not "政府" } unit) return null;
        return OrganisationName.OnCard(expert.Employer).All.Any(e => e.Kind == OrganisationKind.Government && table.IsOneLine(e.Core, unit.Core))
            ? new(expert.Employer, sponsor.Written, ConflictRules.SourceOf(ConflictRules.Line), $"公务员，现工作单位“{expert.Employer}”与送审单位“{sponsor.Written}”属同一行业主管部门")
            : null;
    }

    private static IEnumerable<Interest> Of(InterestKind kind, IReadOnlyList<string> names) =>
        names.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => Interest.Of(kind, n));

    private static string Evidence(string held, string written, Interest interest, NameLikeness likeness, string? tableSource) =>
        $"{held}“{written}”与{Called(interest.Kind)}“{interest.Written}”{Called(likeness)}{(tableSource is null ? "" : $"（依据：{tableSource}）")}";

    private static string Called(InterestKind kind) => kind switch
    {
        InterestKind.Sponsor => "送审单位",
        InterestKind.CoSponsor => "联合送审单位",
        InterestKind.Party => "相关单位（当事人）",
        InterestKind.Counsel => "代理律师事务所",
        InterestKind.SponsorPerson => "送审单位经办人或负责人",
        _ => "相关人员",
    };

    private static string Called(NameLikeness likeness) => likeness switch
    {
        NameLikeness.Same => "同名",
        NameLikeness.Rewritten => "是同一名称的不同写法",
        NameLikeness.Branch => "是同一机构及其分支",
        NameLikeness.Division => "是同一单位及其内设机构",
        NameLikeness.Renamed => "是同一单位的新旧名称或简称",
        NameLikeness.Affiliated => "是关联单位",
        NameLikeness.Subordinate => "可能是下属或同一集团",
        NameLikeness.SameBrand => "字号或名称主体相同，地名或组织形式不同",
        NameLikeness.Similar => "名称相近，可能有错字",
        _ => "姓名相同，可能是同名",
    };

    /// <summary>One finding for each rule and pair of names, the surest.</summary>
    private sealed class Found
    {
        public Dictionary<string, Finding> All { get; } = [];

        public void Add(Finding finding)
        {
            if (!All.TryGetValue(finding.Key, out var known) || finding.Certainty < known.Certainty) All[finding.Key] = finding;
        }
    }
}
