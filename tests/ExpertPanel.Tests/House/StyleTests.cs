using System.Text.RegularExpressions;
using Xunit;

namespace ExpertPanel.Tests.House;

public sealed partial class StyleTests
{
    private static readonly IReadOnlyList<SourceFile> Code = [.. Repository.HandWritten("src"), .. Repository.HandWritten("tests")];

    /// <summary>The rules' own control cases break the rules.</summary>
    private static IEnumerable<SourceFile> NotHouse => Code.Where(f => !f.Path.StartsWith("tests/ExpertPanel.Tests/House/", StringComparison.Ordinal));

    [Fact]
    public void No_hand_written_file_has_more_than_300_lines()
    {
        Assert.True(Code.Count > 200, "The scan found too few files to be believed.");
        Assert.Empty(TooLong(Code, 300));
        Assert.NotEmpty(TooLong([new("x.cs", new string('\n', 301))], 300));
    }

    [Fact]
    public void The_program_starts_in_80_lines() => Assert.Empty(TooLong(Code.Where(f => f.Path == "src/ExpertPanel.Server/Program.cs"), 80));

    [Fact]
    public void Nothing_is_left_for_later()
    {
        Assert.Empty(LeftForLater(NotHouse));
        Assert.Equal(3, LeftForLater([new("a.cs", "// TODO: later"), new("b.cs", "throw new NotImplementedException();"), new("c.cs", "// FIXME")]).Count());
        Assert.Empty(LeftForLater([new("a.cs", "var todo = 待办; // todoist")]));
    }

    [Fact]
    public void Types_have_the_officials_names_and_no_empty_words()
    {
        Assert.Empty(EmptyNames(NotHouse));
        Assert.Equal(3, EmptyNames([new("x.cs", "public sealed class MatterManager;\nclass MailHelper\n{ }\nclass StringUtils\n{ }\nclass Managers\n{ }\nclass ScriptTagHelper\n{ }")]).Count());
    }

    [Fact]
    public void Namespaces_follow_the_folders_and_stand_for_the_whole_file()
    {
        Assert.Empty(MisplacedNamespaces(Code));
        Assert.Single(MisplacedNamespaces([new("src/ExpertPanel.Server/Mail/X.cs", "namespace ExpertPanel.Server.Pages;")]));
    }

    [Fact]
    public void The_readme_names_the_commands_and_stays_short()
    {
        var readme = Repository.Read("README.md");
        Assert.Contains("dotnet run --project src/ExpertPanel.Server", readme, StringComparison.Ordinal);
        Assert.Contains("./test.sh", readme, StringComparison.Ordinal);
        Assert.Contains("docs/processes.md", readme, StringComparison.Ordinal);
        Assert.True(readme.Split('\n').Length <= 120);
    }

    [Fact]
    public void Every_file_that_the_readme_points_to_is_there()
    {
        var links = Link().Matches(Repository.Read("README.md")).Select(m => m.Groups["path"].Value).Where(p => !p.StartsWith("http", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(links);
        Assert.Empty(links.Where(p => !File.Exists(Path.Combine(Repository.Root, p)) && !Directory.Exists(Path.Combine(Repository.Root, p))));
    }

    private static IEnumerable<string> TooLong(IEnumerable<SourceFile> files, int most) =>
        files.Where(f => f.Text.Count(c => c == '\n') > most).Select(f => $"{f.Path} has {f.Text.Count(c => c == '\n')} lines");

    private static IEnumerable<string> LeftForLater(IEnumerable<SourceFile> files) => files.Where(f => Later().IsMatch(f.Text)).Select(f => f.Path);

    private static IEnumerable<string> EmptyNames(IEnumerable<SourceFile> files) =>
        files.SelectMany(f => EmptyWord().Matches(f.Text).Select(m => $"{f.Path}: {m.Groups["name"].Value}"));

    private static IEnumerable<string> MisplacedNamespaces(IEnumerable<SourceFile> files) =>
        from file in files
        let declared = Namespace().Match(file.Text)
        where declared.Success
        let parts = file.Path.Split('/')
        let expected = string.Join('.', parts[1..^1])
        where declared.Groups["name"].Value != expected
        select $"{file.Path}: {declared.Groups["name"].Value}, expected {expected}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Later();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (?<name>\w*(Manager|(?<!Tag)Helper|Helpers|Util|Utils|Utility|Common|Base))\b(?!\()", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)\s*[;{]?", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}
