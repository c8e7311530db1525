using System.Text.Json;
using Xunit;

namespace ExpertPanel.Tests.Seeds;

public sealed class FactFileTests
{
    private static readonly JsonElement Gansu = SeedFolder.Json("divisions", "gansu.json");
    private static readonly List<JsonElement> Places = [.. Gansu.GetProperty("places").EnumerateArray()];

    [Fact]
    public void Gansu_has_a_province_fourteen_prefectures_and_86_counties()
    {
        Assert.Equal(101, Places.Count);
        Assert.Equal((1, 14, 86), (Count("province"), Count("prefecture"), Count("county")));
        Assert.Equal(101, Places.Select(place => place.Text("code")).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(Gansu.Text("source"));
    }

    [Fact]
    public void Every_place_lies_in_a_place_listed_before_it()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in Places)
        {
            Assert.Matches("^62[0-9]{4}$", place.Text("code"));
            var parent = place.GetProperty("parent").GetString();
            Assert.True(parent is null ? place.Text("level") == "province" : seen.Contains(parent));
            seen.Add(place.Text("code"));
        }
    }

    [Theory]
    [InlineData("620100", 8)]
    [InlineData("620200", 0)]
    [InlineData("621200", 9)]
    [InlineData("622900", 8)]
    public void A_prefecture_has_its_counties_and_jiayuguan_has_none(string prefecture, int counties) =>
        Assert.Equal(counties, Places.Count(place => place.GetProperty("parent").GetString() == prefecture));

    [Fact]
    public void Huating_has_its_old_code_beside_its_new_one()
    {
        var former = Assert.Single(Gansu.GetProperty("former").EnumerateArray());
        var now = Assert.Single(Places, place => place.Text("code") == former.Text("succeededBy"));
        Assert.Equal(former.Text("code"), now.Text("succeeds"));
        Assert.Equal(former.Text("validTo"), now.Text("validFrom"));
        Assert.Contains("unverified", now.Text("note"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_places_without_a_standard_code_are_named_apart() =>
        Assert.Equal(["兰州新区", "甘肃矿区"], Gansu.GetProperty("outsideStandard").EnumerateArray().Select(place => place.Text("name")));

    [Fact]
    public void Specialties_have_one_code_and_two_names_each()
    {
        var all = SeedFolder.Json("specialties", "specialties.json").GetProperty("specialties").EnumerateArray().ToList();
        Assert.Equal(14, all.Select(entry => entry.Text("code")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(14, all.Count);
        Assert.All(all, entry =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", entry.Text("code"));
            Assert.NotEmpty(entry.Text("name"));
            Assert.NotEmpty(entry.Text("english"));
        });
    }

    [Fact]
    public void The_speech_gives_64_figures_and_they_add_up()
    {
        var figures = SeedFolder.Json("figures", "speech-2014.json").GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal(64, figures.Count);
        Assert.All(figures, figure => Assert.NotEmpty(figure.Text("quote")));
        var value = figures.GroupBy(figure => figure.Text("measure"), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().GetProperty("value").GetInt32(), StringComparer.Ordinal);
        Assert.Equal((216, 370, 17), (value["matter.province.handled"], value["expert.bank"], value["committee.province.members"]));
        Assert.Equal(value["reconsideration.received"], value["reconsideration.accepted"] + value["reconsideration.notAcceptedOrOther"]);
        Assert.Equal(
            value["reconsideration.concluded"],
            value["reconsideration.upheldInclRejected"] + value["reconsideration.corrected"] + value["reconsideration.terminated"]
                + value["reconsideration.otherConclusion"]);
    }

    private static int Count(string level) => Places.Count(place => place.Text("level") == level);
}
