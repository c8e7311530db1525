using System.Text;
using ExpertPanel.Workflows.Draw;
using static ExpertPanel.Workflows.Conflicts.OrganisationWords;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>Takes one written name apart. Used once for each name and thrown away.</summary>
internal sealed class OrganisationParser(string written)
{
    private readonly List<string> bracketPlaces = [];
    private readonly List<string> branchPlaces = [];
    private readonly List<OrganisationName> others = [];
    private string kept = "";
    private bool branch;
    private bool division;
    private bool group;
    private bool shares;
    private string? person;
    private OrganisationName? parent;

    public OrganisationName Parse()
    {
        var text = Spell(TakeBrackets(Plain(written)));
        text = WithinGovernment(text);
        var (head, kind) = Split(text);
        var (core, home) = Core(head, kind);
        return new()
        {
            Written = written,
            Text = NameComparison.Key(written),
            Kind = kind,
            Core = core + kept,
            Home = home,
            BranchPlaces = branchPlaces,
            IsBranch = branch || branchPlaces.Count > 0,
            IsDivision = division,
            IsGroup = group,
            IsShares = shares,
            Parent = parent,
            Others = others,
            Person = person,
        };
    }

    private static string Plain(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in NameComparison.Key(name))
        {
            if (letter is '[' or '【' or '〔' or '〈') text.Append('(');
            else if (letter is ']' or '】' or '〕' or '〉') text.Append(')');
            else if (letter is not ('“' or '”' or '"' or '\'' or '‘' or '’' or '《' or '》' or '-' or '_' or '.' or '。' or '·' or ',' or '、' or '/')) text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }

    private string TakeBrackets(string text)
    {
        for (var open = text.LastIndexOf('('); open >= 0; open = text.LastIndexOf('('))
        {
            var close = text.IndexOf(')', open);
            var inside = close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
            text = text[..open] + (close < 0 ? "" : text[(close + 1)..]);
            TakeBracket(inside);
        }

        return text;
    }

    private void TakeBracket(string inside)
    {
        if (inside.Length == 0 || Standings.Any(s => inside.StartsWith(s, StringComparison.Ordinal))) return;
        if (inside is "普通合伙" or "特殊普通合伙" or "特殊的普通合伙" or "有限合伙") return;
        if (inside is "集团" or "控股" or "股份")
        {
            group |= inside != "股份";
            shares |= inside == "股份";
            return;
        }

        var (places, rest) = LeadingPlaces(inside);
        if (places.Count > 0 && (rest.Length == 0 || Branches.Contains(rest)))
        {
            branch |= rest.Length > 0;
            bracketPlaces.AddRange(places);
            return;
        }

        var mark = OtherNameMarks.FirstOrDefault(m => inside.StartsWith(m, StringComparison.Ordinal)) ?? "";
        var other = inside[mark.Length..].TrimStart(':');
        if (other.Length >= 3 && (mark.Length > 0 || Endings.Any(e => other.Contains(e.Word, StringComparison.Ordinal)))) others.Add(OrganisationName.Parse(other));
        else if (mark.Length == 0) kept += inside;
    }

    private static string Spell(string text)
    {
        if (text.Length > 3 && text[0] is '原' or '前' && (text[1] is '省' or '市' || PlaceNames.AtStart(text.AsSpan(1)) is not null)) text = text[1..];
        if (text.StartsWith("国家税务总局", StringComparison.Ordinal) && text.Length > 8) text = text[6..];
        foreach (var (brief, full) in Spellings)
        {
            var at = text.IndexOf(brief, StringComparison.Ordinal);
            if (at >= 0 && !text.AsSpan(at).StartsWith(full, StringComparison.Ordinal)) text = text[..at] + full + text[(at + brief.Length)..];
        }

        // 社会科学院法律所 is an institute of law; 甘肃正法律所 is a firm.
        var firm = text.IndexOf("律所", StringComparison.Ordinal);
        if (firm > 0 && (text[firm - 1] != '法' || !Endings.Any(e => text.AsSpan(0, firm).Contains(e.Word, StringComparison.Ordinal)))) text = string.Concat(text.AsSpan(0, firm), "律师事务所", text.AsSpan(firm + 2));
        var government = text.IndexOf("政府", StringComparison.Ordinal);
        if (government > 0 && !text.AsSpan(0, government).EndsWith("人民", StringComparison.Ordinal) && text[government - 1] is '省' or '市' or '县' or '区' or '州' or '肃')
            text = text.Insert(government, "人民");
        if (text.Length >= 4 && text[^1] == '办') text += "公室";
        if (text.Length >= 4 && text[^1] == '委' && text[^2] is not ('省' or '市' or '县' or '区' or '党' or '团' or '州')) text += "员会";
        return text;
    }

    /// <summary>甘肃省人民政府国有资产监督管理委员会 is the province's 国资委.</summary>
    private string WithinGovernment(string text)
    {
        var at = text.IndexOf("人民政府", StringComparison.Ordinal);
        if (at < 2 || text[(at + 4)..] is "办公厅" or "办公室" || text.Length - at - 4 < 2 || !Endings.Any(e => e.Kind == OrganisationKind.Government && text.EndsWith(e.Word, StringComparison.Ordinal))) return text;
        parent = OrganisationName.Parse(text[..(at + 4)]);
        return text.Remove(at, 4);
    }

    /// <summary>The body's own name and its kind; a branch or division behind it is taken off, a subordinate body keeps the whole.</summary>
    private (string Head, OrganisationKind Kind) Split(string text)
    {
        var (at, ending) = Endings.Select(e => (At: text.IndexOf(e.Word, StringComparison.Ordinal), e)).Where(f => f.At >= 1)
            .OrderBy(f => f.At).ThenByDescending(f => f.e.Word.Length).FirstOrDefault();
        if (ending.Word is null) return (text, OrganisationKind.Unknown);
        var end = at + ending.Word.Length;
        while (end < text.Length && Numerals.Contains(text[end])) kept += text[end++];
        var head = text[..(at + ending.Word.Length)];
        var tail = text[end..];
        var form = Forms.FirstOrDefault(f => tail.StartsWith(f, StringComparison.Ordinal)) ?? "";
        MarkForm(form);
        tail = tail[form.Length..];
        foreach (var title in Titles)
            if (tail.EndsWith(title, StringComparison.Ordinal))
            {
                tail = tail[..^title.Length];
                break;
            }

        if (tail.Length == 0 || TakeTail(tail, ending.Kind)) return (head, ending.Kind);
        parent ??= OrganisationName.Parse(head + kept);
        kept = "";
        var last = Endings.FirstOrDefault(e => text.EndsWith(e.Word, StringComparison.Ordinal));
        return (text, last.Word is null ? ending.Kind : last.Kind);
    }

    private bool TakeTail(string tail, OrganisationKind kind)
    {
        var (places, rest) = LeadingPlaces(tail);
        if (Branches.FirstOrDefault(b => tail.EndsWith(b, StringComparison.Ordinal)) is not null || (places.Count > 0 && rest is "" or "办公室"))
        {
            branch = true;
            branchPlaces.AddRange(places);
            return true;
        }

        var inner = kind == OrganisationKind.Government ? OfficialDivisions : Divisions;
        if (tail.Length <= 12 && inner.Any(d => tail.EndsWith(d, StringComparison.Ordinal))
            && !Endings.Any(e => e.Kind is OrganisationKind.Company or OrganisationKind.LawFirm && tail.Contains(e.Word, StringComparison.Ordinal)))
            return division = true;
        if (kind != OrganisationKind.LawFirm || tail.Length is < 2 or > 4) return false;
        person = tail;
        return true;
    }

    private (string Core, List<string> Home) Core(string head, OrganisationKind kind)
    {
        var core = kind switch
        {
            OrganisationKind.LawFirm => Without(head, "律师事务所"),
            OrganisationKind.Company => WithoutForm(head),
            OrganisationKind.Institution => head.Replace("人民法院", "法院", StringComparison.Ordinal).Replace("人民检察院", "检察院", StringComparison.Ordinal),
            _ => head,
        };
        var (home, rest) = LeadingPlaces(core);
        if (home.Count == 0 && rest.Length >= 3 && kind != OrganisationKind.Unknown && (rest[0] == '省' || (rest[0] is '市' or '县' or '区' && kind is OrganisationKind.Government or OrganisationKind.Institution)))
        {
            // 省环保厅 is written by an office of the province itself; 市财政局 may be any city's.
            home.Add(rest[0] == '省' ? "甘肃" : $"某{rest[0]}");
            rest = rest[1..];
        }

        if (kind is OrganisationKind.LawFirm or OrganisationKind.Company && PlaceNames.AtEnd(rest) is { } trailing && rest.Length - trailing.Length >= 2)
        {
            rest = rest[..^trailing.Length];
            (home.Count == 0 ? home : branchPlaces).Add(trailing.Place);
        }

        if (bracketPlaces.Count > 0) (home.Count == 0 && !branch ? home : branchPlaces).AddRange(bracketPlaces.Except(home));
        if (kind == OrganisationKind.Government) rest = Department(rest);
        if (rest.Length == 0 && home.Count > 0)
        {
            // 金川集团: the place is the name.
            rest = home[^1];
            home.RemoveAt(home.Count - 1);
        }

        return (rest, home);
    }

    private static string Department(string text)
    {
        if (text is "人民政府") return "政府";
        foreach (var ending in (string[])["委员会", "办公室", "办公厅", "厅", "局"])
            if (text.Length > ending.Length && text.EndsWith(ending, StringComparison.Ordinal))
            {
                text = text[..^ending.Length];
                break;
            }

        foreach (var (full, brief) in Departments) text = text.Replace(full, brief, StringComparison.Ordinal);
        return text;
    }

    private string WithoutForm(string text)
    {
        for (var found = true; found;)
        {
            found = false;
            foreach (var form in Forms)
                if (text.Length > form.Length && text.EndsWith(form, StringComparison.Ordinal))
                {
                    MarkForm(form);
                    text = text[..^form.Length];
                    found = true;
                    break;
                }
        }

        return text;
    }

    private void MarkForm(string form)
    {
        group |= form.Contains("集团", StringComparison.Ordinal) || form.Contains("控股", StringComparison.Ordinal);
        shares |= form.Contains("股份", StringComparison.Ordinal);
    }

    private static string Without(string text, string ending) => text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;

    private static (List<string> Places, string After) LeadingPlaces(string text)
    {
        var places = new List<string>();
        var at = 0;
        while (PlaceNames.AtStart(text.AsSpan(at)) is { } found)
        {
            places.Add(found.Place);
            at += found.Length;
        }

        return (places, text[at..]);
    }
}
