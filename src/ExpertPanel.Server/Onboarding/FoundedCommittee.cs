using System.Net.Mail;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Onboarding;

/// <summary>One of the three administrators, who is invited by mail and chooses the password.</summary>
public sealed record FirstAdministrator(Role Role, string? UserName, string? DisplayName, string? Email);

/// <summary>A committee that is to begin, as the committee above describes it.</summary>
/// <param name="Code">GB/T 2260, or the office's own for a place outside it (兰州新区).</param>
/// <param name="Level"><c>prefecture</c> or <c>county</c>; may be left out for a place of the tables.</param>
/// <param name="ParentCode">Whose rules and route it begins with; may be left out for a place of the tables.</param>
/// <param name="IssuerCode">机关代字 of its opinions.</param>
public sealed record FoundedCommittee(
    string? Code, string? Place, string? OfficeName, string? Level, string? ParentCode, string? IssuerCode, string? Contact, IReadOnlyList<FirstAdministrator>? Administrators)
{
    public const int LongestCode = 20;
    public const int LongestName = 60;

    /// <summary>三员分立: each of the three is another person.</summary>
    public static IReadOnlyList<Role> Three { get; } = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator];

    public static IReadOnlyList<string> Levels { get; } = ["prefecture", "county"];

    /// <summary>What can be said without looking anything up; fields as the record names them.</summary>
    public IReadOnlyList<FieldProblem> Problems()
    {
        var problems = new List<FieldProblem>();
        if (Code is not { Length: > 1 and <= LongestCode } || !Code.All(char.IsAsciiLetterOrDigit)) problems.Add(new(nameof(Code), $"代码为 2 至 {LongestCode} 位字母或数字。", $"A code is 2 to {LongestCode} letters or digits."));
        foreach (var (field, value) in (ReadOnlySpan<(string, string?)>)[(nameof(Place), Place), (nameof(OfficeName), OfficeName), (nameof(IssuerCode), IssuerCode), (nameof(Contact), Contact)])
        {
            if (string.IsNullOrWhiteSpace(value)) problems.Add(new(field, "请填写。", "Please fill in."));
            else if (value.Trim().Length > LongestName) problems.Add(new(field, $"最多 {LongestName} 字。", $"At most {LongestName} characters."));
        }

        if (Level is null || !Levels.Contains(Level)) problems.Add(new(nameof(Level), "请选择市州级或县级。", "Choose prefecture or county."));
        problems.AddRange(OfAdministrators());
        return problems;
    }

    private IEnumerable<FieldProblem> OfAdministrators()
    {
        var people = Administrators ?? [];
        if (people.Count != Three.Count || people.Select(p => p.Role).Distinct().Count() != Three.Count || people.Any(p => !Three.Contains(p.Role)))
        {
            yield return new(nameof(Administrators), "请各指定一名系统管理员、安全管理员、审计管理员。", "Name one system, one security and one audit administrator.");
            yield break;
        }

        for (var i = 0; i < people.Count; i++)
        {
            var (person, at) = (people[i], $"{nameof(Administrators)}[{i}].");
            if (string.IsNullOrWhiteSpace(person.UserName) || person.UserName.Trim().Length > LongestName) yield return new(at + nameof(person.UserName), $"请填写登录名，最多 {LongestName} 字。", $"Fill in a user name of at most {LongestName} characters.");
            else if (Repeated(people, i, p => p.UserName)) yield return new(at + nameof(person.UserName), "三名管理员须是不同的人，登录名不能相同。", "The three are different people; their names differ.");
            if (string.IsNullOrWhiteSpace(person.DisplayName) || person.DisplayName.Trim().Length > LongestName) yield return new(at + nameof(person.DisplayName), $"请填写姓名，最多 {LongestName} 字。", $"Fill in the person's name of at most {LongestName} characters.");
            if (!MailAddress.TryCreate(person.Email?.Trim(), out var address) || address.Address != person.Email?.Trim()) yield return new(at + nameof(person.Email), "请填写有效的邮箱，邀请将发到这里。", "Fill in a valid address; the invitation goes there.");
            else if (Repeated(people, i, p => p.Email)) yield return new(at + nameof(person.Email), "三名管理员须是不同的人，邮箱不能相同。", "The three are different people; their addresses differ.");
        }
    }

    private static bool Repeated(IReadOnlyList<FirstAdministrator> people, int at, Func<FirstAdministrator, string?> part) =>
        people.Take(at).Any(p => string.Equals(part(p)?.Trim(), part(people[at])?.Trim(), StringComparison.OrdinalIgnoreCase));
}
