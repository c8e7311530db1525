using System.Text.RegularExpressions;

namespace ExpertPanel.Tests.House;

/// <summary>
/// Who may know whom. A rule reads source text, so that it holds for Razor as for C# and needs no build; each is tried on a text that breaks
/// it, because a rule that finds nothing anywhere proves nothing.
/// </summary>
public static partial class DependencyRules
{
    /// <summary>Folders that may also be known the other way round: they are row types and nothing else.</summary>
    private static readonly (string From, string To)[] RowTypes = [("Data", "Accounts"), ("Data", "Tenancy")];

    /// <summary>The Server folder that a file belongs to; empty for one at its root.</summary>
    public static string FolderOf(SourceFile file) => file.Path.Split('/') is ["src", "ExpertPanel.Server", var folder, _, ..] ? folder : "";

    public static bool IsIn(SourceFile file, params IReadOnlyList<string> folders) =>
        folders.Any(f => file.Path.StartsWith($"src/ExpertPanel.Server/{f}/", StringComparison.Ordinal));

    public static IEnumerable<string> PagesThatNameMail(IEnumerable<SourceFile> files) =>
        files.Where(f => IsIn(f, "Pages", "Api") && Mail().IsMatch(Code(f))).Select(f => $"{f.Path} names Mail");

    public static IEnumerable<string> PagesThatSave(IEnumerable<SourceFile> files) =>
        files.Where(f => IsIn(f, "Pages", "Api") && Saves().IsMatch(Code(f))).Select(f => $"{f.Path} writes to the database");

    public static IEnumerable<string> MailThatNamesPages(IEnumerable<SourceFile> files) =>
        files.Where(f => IsIn(f, "Mail") && Folder("Pages").IsMatch(Code(f))).Select(f => $"{f.Path} names Pages");

    public static IEnumerable<string> MailClientsElsewhere(IEnumerable<SourceFile> files) =>
        files.Where(f => !IsIn(f, "Mail/Transport") && MailClient().IsMatch(Code(f))).Select(f => $"{f.Path} names MailKit");

    public static IEnumerable<string> ProvidersElsewhere(IEnumerable<SourceFile> files) =>
        files.Where(f => !IsIn(f, "Data") && Provider().IsMatch(Code(f))).Select(f => $"{f.Path} names a database provider");

    public static IEnumerable<string> DataThatNamesOthers(IEnumerable<SourceFile> files) =>
        from file in files
        where IsIn(file, "Data")
        from named in Named(file)
        where named is not ("Data" or "Tenancy" or "Accounts")
        select $"{file.Path} names {named}";

    public static IEnumerable<string> WorkflowsThatKnowSomebody(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/ExpertPanel.Workflows/", StringComparison.Ordinal)
        from used in Using().Matches(Code(file)).Select(m => m.Groups["name"].Value)
        where !used.StartsWith("System", StringComparison.Ordinal) && !used.StartsWith("ExpertPanel.Workflows", StringComparison.Ordinal)
        select $"{file.Path} uses {used}";

    /// <summary>The Server's folders that know each other in a circle.</summary>
    public static IEnumerable<string> Circles(IEnumerable<SourceFile> files)
    {
        var knows = files.Where(f => FolderOf(f).Length > 0).GroupBy(FolderOf)
            .ToDictionary(g => g.Key, g => g.SelectMany(Named).Where(n => n != g.Key && !RowTypes.Contains((g.Key, n))).ToHashSet());
        return from folder in knows.Keys
               from known in knows[folder]
               where Reaches(known, folder, knows, [])
               select $"{folder} knows {known}, which knows {folder}";
    }

    private static bool Reaches(string from, string to, IReadOnlyDictionary<string, HashSet<string>> knows, HashSet<string> seen) =>
        from == to || (seen.Add(from) && knows.TryGetValue(from, out var next) && next.Any(n => Reaches(n, to, knows, seen)));

    /// <summary>The Server folders that a file names, by a using or in full.</summary>
    private static IEnumerable<string> Named(SourceFile file) => ServerFolder().Matches(Code(file)).Select(m => m.Groups["folder"].Value).Distinct();

    /// <summary>The text without comments: a comment may speak of anybody.</summary>
    private static string Code(SourceFile file) => Comment().Replace(file.Text, "");

    private static Regex Folder(string name) =>
        new($@"\bExpertPanel\.Server\.{name}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"^\s*//[^\n]*", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(ExpertPanel\.)?Server\.Mail\b|\b(MimeKit|MailKit)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Mail();

    [GeneratedRegex(@"\b(SaveChanges|SaveChangesAsync|ExecuteUpdate|ExecuteUpdateAsync|ExecuteDelete|ExecuteDeleteAsync|ExecuteSql\w*|PreparedWrites)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Saves();

    [GeneratedRegex(@"\bMailKit\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MailClient();

    [GeneratedRegex(@"\bNpgsql\w*\b|\bMicrosoft\.Data\.Sqlite\b|\bSqlite(Connection|Exception|Command)\w*\b|\bUse(Sqlite|Npgsql)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Provider();

    [GeneratedRegex(@"\bExpertPanel\.Server\.(?<folder>[A-Z]\w*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ServerFolder();

    [GeneratedRegex(@"^\s*(global )?using (static )?(\w+ = )?(?<name>[A-Za-z][\w.]*)\s*;", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Using();
}
