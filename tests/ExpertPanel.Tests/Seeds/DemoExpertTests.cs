using System.Globalization;
using Xunit;

namespace ExpertPanel.Tests.Seeds;

public sealed class DemoExpertTests
{
    private static readonly string[] Columns =
    [
        "bankNo", "name", "gender", "category", "civilServant", "employer", "title", "specialties", "email", "mobile",
        "termFrom", "termTo", "committeeMember",
    ];

    private static readonly List<Dictionary<string, string>> Experts = Read();

    private static readonly List<string> Specialties =
        [.. SeedFolder.Json("specialties", "specialties.json").GetProperty("specialties").EnumerateArray().Select(entry => entry.Text("code"))];

    [Fact]
    public void There_are_370_each_numbered_and_named_once()
    {
        Assert.Equal(370, Experts.Count);
        foreach (var column in new[] { "bankNo", "name", "email", "mobile" })
            Assert.Equal(370, Experts.Select(expert => expert[column]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(("E0001", "E0370"), (Experts[0]["bankNo"], Experts[^1]["bankNo"]));
    }

    [Fact]
    public void Everyone_is_visibly_made_up() => Assert.All(Experts, expert =>
    {
        Assert.StartsWith("示例专家", expert["name"], StringComparison.Ordinal);
        Assert.StartsWith("示例", expert["employer"], StringComparison.Ordinal);
        Assert.EndsWith("@example.test", expert["email"], StringComparison.Ordinal);
        Assert.Matches("^190-0000-[0-9]{4}$", expert["mobile"]);
    });

    [Fact]
    public void Every_expert_has_known_values() => Assert.All(Experts, expert =>
    {
        Assert.Contains(expert["gender"], new[] { "男", "女" });
        Assert.Contains(expert["category"], new[] { "法制机构人员", "学者", "律师", "司法退休", "其他" });
        Assert.Equal(expert["category"] == "法制机构人员" ? "true" : "false", expert["civilServant"]);
        Assert.NotEmpty(expert["title"]);
        var fields = expert["specialties"].Split(';');
        Assert.InRange(fields.Length, 1, 4);
        Assert.Equal(fields.Distinct(StringComparer.Ordinal), fields);
        Assert.Subset(Specialties.ToHashSet(StringComparer.Ordinal), fields.ToHashSet(StringComparer.Ordinal));
        Assert.Equal((new DateOnly(2013, 11, 1), new DateOnly(2018, 10, 31)), (Date(expert["termFrom"]), Date(expert["termTo"])));
    });

    [Fact]
    public void Every_specialty_has_at_least_twenty_experts_of_five_employers() => Assert.All(Specialties, specialty =>
    {
        var able = Experts.Where(expert => expert["specialties"].Split(';').Contains(specialty)).ToList();
        Assert.InRange(able.Count, 20, 370);
        Assert.InRange(able.Select(expert => expert["employer"]).Distinct(StringComparer.Ordinal).Count(), 5, 60);
    });

    [Fact]
    public void Seventeen_are_seated_of_as_many_employers_and_half_know_administrative_law()
    {
        var seated = Experts.Where(expert => expert["committeeMember"] == "true").ToList();
        Assert.Equal(17, seated.Count);
        Assert.Equal(353, Experts.Count(expert => expert["committeeMember"] == "false"));
        Assert.Equal(17, seated.Select(expert => expert["employer"]).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(seated.Count(expert => expert["specialties"].Split(';').Contains("administrative")), 9, 17);
        Assert.Equal(5, seated.Select(expert => expert["category"]).Distinct(StringComparer.Ordinal).Count());
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Read()
    {
        var lines = File.ReadAllLines(SeedFolder.Find("demo", "experts.csv"));
        Assert.Equal(Columns, lines[0].Split(','));
        return [.. lines.Skip(1).Select(line => Columns.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }
}
