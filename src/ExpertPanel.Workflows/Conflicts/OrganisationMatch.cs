namespace ExpertPanel.Workflows.Conflicts;

/// <summary>Whether two names are one body's, and how sure that is. Two bodies of one trade or one department are not alike.</summary>
internal sealed record OrganisationMatch(NameLikeness Likeness, Certainty Certainty, string? TableSource = null)
{
    private const int ShortestBrandWithSlip = 3;

    public static OrganisationMatch? Between(OrganisationName left, OrganisationName right, OrganisationTable table)
    {
        if (left.Others.Count + right.Others.Count == 0) return Compare(left, right, table);
        OrganisationMatch? best = null;
        foreach (var one in left.All)
            foreach (var other in right.All)
                if (Compare(one, other, table) is { } match && (best is null || (match.Certainty, match.Likeness).CompareTo((best.Certainty, best.Likeness)) < 0)) best = match;
        return best;
    }

    private static OrganisationMatch? Compare(OrganisationName left, OrganisationName right, OrganisationTable table)
    {
        if (left.Text == right.Text) return new(NameLikeness.Same, Certainty.Certain);
        if (table.Relation(left, right) is { } listed) return listed;
        if (left.Core == right.Core && left.Core.Length > 0)
        {
            if (left.Kind == right.Kind) return left.IsPlaceBound ? OfOnePlace(left, right) : OfOneBrand(left, right);
            if ((left.Kind == OrganisationKind.Unknown || right.Kind == OrganisationKind.Unknown) && left.Core.Length >= 2) return new(NameLikeness.SameBrand, Certainty.Near);
        }

        if (IsUnder(left, right) || IsUnder(right, left) || IsOfGroup(left, right) || IsOfGroup(right, left)) return new(NameLikeness.Subordinate, Certainty.Near);
        return IsSlip(left, right) ? new(NameLikeness.Similar, Certainty.Near) : null;
    }

    private static OrganisationMatch? OfOnePlace(OrganisationName left, OrganisationName right)
    {
        if (left.Place == right.Place) return new(Parts(left, right), Certainty.Certain);
        var uncertain = left.Place is null || right.Place is null || left.Place[0] == '某' || right.Place[0] == '某';
        return uncertain ? new(NameLikeness.SameBrand, Certainty.Near) : null;
    }

    private static OrganisationMatch OfOneBrand(OrganisationName left, OrganisationName right) =>
        left.Place == right.Place && left.IsGroup == right.IsGroup && left.IsShares == right.IsShares
            ? new(Parts(left, right), Certainty.Certain)
            : new(NameLikeness.SameBrand, Certainty.Near);

    private static NameLikeness Parts(OrganisationName left, OrganisationName right) =>
        left.IsBranch || right.IsBranch ? NameLikeness.Branch
        : left.IsDivision || right.IsDivision ? NameLikeness.Division
        : NameLikeness.Rewritten;

    private static bool IsUnder(OrganisationName part, OrganisationName whole) => part.Parent is { } parent && parent.Identity == whole.Identity;

    /// <summary>A company whose name begins with a group's and sits where the group sits.</summary>
    private static bool IsOfGroup(OrganisationName part, OrganisationName group) =>
        group is { IsGroup: true, Kind: OrganisationKind.Company, Core.Length: >= 2 } && part.Kind == OrganisationKind.Company && part.Core.Length > group.Core.Length
        && part.Core.StartsWith(group.Core, StringComparison.Ordinal) && (part.Place is null || group.Place is null || part.Place == group.Place);

    /// <summary>One character differs, is missing or has changed places with its neighbour.</summary>
    private static bool IsSlip(OrganisationName left, OrganisationName right)
    {
        if (left.Kind != right.Kind || left.IsPlaceBound || (left.Place != right.Place && left.Place is not null && right.Place is not null)) return false;
        var (shorter, longer) = left.Core.Length <= right.Core.Length ? (left.Core, right.Core) : (right.Core, left.Core);
        if (shorter.Length < ShortestBrandWithSlip || longer.Length - shorter.Length > 1) return false;
        var same = 0;
        while (same < shorter.Length && shorter[same] == longer[same]) same++;
        var a = shorter.AsSpan(same);
        var b = longer.AsSpan(same);
        if (b.Length > a.Length) return a.SequenceEqual(b[1..]) && IsSlippery(b[0]);
        if (a.Length == 0) return false;
        if (a[1..].SequenceEqual(b[1..])) return IsSlippery(a[0]) && IsSlippery(b[0]);
        return a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]);
    }

    private static bool IsSlippery(char letter) => !OrganisationWords.Distinguishing.Contains(letter) && !char.IsAsciiLetterOrDigit(letter);
}
