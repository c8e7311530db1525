using System.Runtime.CompilerServices;
using ExpertPanel.Workflows.Draw;
using static ExpertPanel.Workflows.Conflicts.OrganisationWords;

namespace ExpertPanel.Workflows.Conflicts;

/// <summary>A person as written on a card or in a submission: 配偶：王芳（甘肃某律师事务所） is 王芳, of that firm.</summary>
internal sealed record PersonName(string Key, IReadOnlyList<OrganisationName> Bodies)
{
    private static readonly ConditionalWeakTable<string, PersonName> OnCards = [];
    private static readonly char[] Separators = [':', ',', ';', '、', '/'];

    /// <inheritdoc cref="OrganisationName.OnCard"/>
    public static PersonName OnCard(string written) => OnCards.GetValue(written, static text => Parse(text));

    public static PersonName Parse(string written)
    {
        var text = NameComparison.Key(written);
        var bodies = new List<OrganisationName>();
        for (var open = text.LastIndexOf('('); open >= 0; open = text.LastIndexOf('('))
        {
            var close = text.IndexOf(')', open);
            AddBody(close < 0 ? text[(open + 1)..] : text[(open + 1)..close], bodies);
            text = text[..open] + (close < 0 ? "" : text[(close + 1)..]);
        }

        var person = "";
        foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            if (!AddBody(part, bodies) && !Kin.Contains(part)) person = person.Length == 0 ? part : person;
        if (person.Length == 0 && bodies.FirstOrDefault(b => b.Person is not null) is { } firm) person = firm.Person!; // chosen for its person
        if (Kin.FirstOrDefault(k => person.StartsWith(k, StringComparison.Ordinal)) is { } kin && person.Length - kin.Length >= 2) person = person[kin.Length..];
        if (Titles.FirstOrDefault(t => person.EndsWith(t, StringComparison.Ordinal)) is { } title && person.Length - title.Length >= 2) person = person[..^title.Length];
        return new(person, bodies);
    }

    private static bool AddBody(string text, List<OrganisationName> bodies)
    {
        if (OrganisationName.Parse(text) is not { Kind: not OrganisationKind.Unknown } body) return false;
        bodies.Add(body);
        return true;
    }
}
