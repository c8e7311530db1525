using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ExpertPanel.Tests.House;

public sealed partial class PackageTests
{
    /// <summary>
    /// The first version without a known hole: STARTTLS response injection in MailKit (CVE-2026-41319), SMTP command injection by a quoted
    /// local part in MimeKit (CVE-2026-30227), SQL injection by protocol overflow in Npgsql (CVE-2024-32655), and two readers of JSON that
    /// could be kept busy (CVE-2024-43485, CVE-2024-21907). Kept here because a package feed need not serve advisories.
    /// </summary>
    private static readonly (string Package, string AtLeast)[] Floors =
        [("MailKit", "4.16.0"), ("MimeKit", "4.15.1"), ("Npgsql", "8.0.3"), ("System.Text.Json", "8.0.5"), ("Newtonsoft.Json", "13.0.1")];

    private static readonly IReadOnlyList<SourceFile> Projects = [.. Repository.Sources("src", ".csproj"), .. Repository.Sources("tests", ".csproj")];

    [Fact]
    public void Every_package_is_pinned_exactly_in_one_place()
    {
        var central = Versions(Repository.Read("Directory.Packages.props"));
        Assert.True(central.Count > 10);
        Assert.Empty(NotExact(central));
        Assert.Empty(Projects.SelectMany(p => XDocument.Parse(p.Text).Descendants("PackageReference").Where(r => r.Attribute("Version") is not null).Select(_ => p.Path)));
        Assert.Equal(["A", "B", "C"], NotExact([("A", "1.*"), ("B", "[1.0,2.0)"), ("C", ""), ("D", "1.2.3"), ("E", "3.0.0-rc.1")]));
    }

    [Fact]
    public void Every_project_has_a_lock_file_that_knows_its_packages()
    {
        Assert.NotEmpty(Projects);
        foreach (var project in Projects)
        {
            var locked = Locked(Path.Combine(Repository.Root, Path.GetDirectoryName(project.Path) ?? "", "packages.lock.json"));
            var named = XDocument.Parse(project.Text).Descendants("PackageReference").Select(r => r.Attribute("Include")?.Value ?? "");
            Assert.Empty(named.Where(n => !locked.Any(l => string.Equals(l.Package, n, StringComparison.OrdinalIgnoreCase))));
        }
    }

    [Fact]
    public void What_is_locked_is_what_is_pinned()
    {
        var central = Versions(Repository.Read("Directory.Packages.props")).ToDictionary(v => v.Package, v => v.Version, StringComparer.OrdinalIgnoreCase);
        var stale = from project in Projects
                    from locked in Locked(Path.Combine(Repository.Root, Path.GetDirectoryName(project.Path) ?? "", "packages.lock.json"))
                    where central.TryGetValue(locked.Package, out var pinned) && pinned != locked.Version
                    select $"{project.Path}: {locked.Package} is locked at {locked.Version}";
        Assert.Empty(stale);
    }

    [Fact]
    public void No_package_is_older_than_the_first_version_without_a_known_hole()
    {
        var all = Projects.SelectMany(p => Locked(Path.Combine(Repository.Root, Path.GetDirectoryName(p.Path) ?? "", "packages.lock.json"))).ToList();
        Assert.Contains(all, p => p.Package == "MailKit");
        Assert.Empty(Holes(all));
        Assert.Equal(["MailKit 4.15.9 is below 4.16.0", "npgsql 8.0.2 is below 8.0.3"], Holes([("MailKit", "4.15.9"), ("MailKit", "4.16.0"), ("npgsql", "8.0.2"), ("Other", "0.1.0")]));
    }

    private static IEnumerable<string> Holes(IEnumerable<(string Package, string Version)> packages) =>
        from package in packages
        from floor in Floors
        where string.Equals(package.Package, floor.Package, StringComparison.OrdinalIgnoreCase)
        where Version.Parse(package.Version.Split('-', '+')[0]) < Version.Parse(floor.AtLeast)
        select $"{package.Package} {package.Version} is below {floor.AtLeast}";

    private static IEnumerable<string> NotExact(IEnumerable<(string Package, string Version)> versions) =>
        versions.Where(v => !Exact().IsMatch(v.Version)).Select(v => v.Package);

    private static List<(string Package, string Version)> Versions(string props) =>
        [.. XDocument.Parse(props).Descendants("PackageVersion").Select(v => (v.Attribute("Include")?.Value ?? "", v.Attribute("Version")?.Value ?? ""))];

    private static List<(string Package, string Version)> Locked(string file)
    {
        Assert.True(File.Exists(file), $"{file} is missing.");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.TryGetProperty("resolved", out _)
               select (package.Name, package.Value.GetProperty("resolved").GetString() ?? ""),
        ];
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exact();
}
