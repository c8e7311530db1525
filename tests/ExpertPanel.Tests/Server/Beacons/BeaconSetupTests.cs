using ExpertPanel.Server.Beacons;
using ExpertPanel.Tests.Seeds;
using ExpertPanel.Tests.Workflows.Beacons;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExpertPanel.Tests.Server.Beacons;

public sealed class BeaconSetupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("panel-beacons-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_choice_there_is_none_and_both_chains_are_known()
    {
        var chains = Start().GetRequiredService<DrandChains>();
        Assert.Null(chains.Chosen);
        Assert.Equal(["default", "quicknet"], chains.Known.Select(c => c.BeaconId));
    }

    [Theory]
    [InlineData("quicknet", "quicknet")]
    [InlineData("8990E7A9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", "default")]
    public void A_chain_is_chosen_by_its_name_or_hash(string choice, string id) =>
        Assert.Equal(id, Start(("Drand:Chain", choice)).GetRequiredService<DrandChains>().Chosen?.BeaconId);

    /// <summary>drand-client, lib/defaults.ts at b9572b2: the test network's chain, as its relay answers at /info.</summary>
    [Fact]
    public void A_chain_of_one_s_own_is_chosen_by_its_file()
    {
        var file = Write("""
            {"public_key":"922a2e93828ff83345bae533f5172669a26c02dc76d6bf59c80892e12ab1455c229211886f35bb56af6d5bea981024df","period":25,"genesis_time":1590445175,
             "hash":"84b2234fb34e835dccd048255d7ad3194b81af7d978c3bf157e3469592ae4e02","groupHash":"4dd408e5fdff9323c76a9b6f087ba8fdc5a6da907bd9217d9d10f2287d081957",
             "schemeID":"pedersen-bls-chained","metadata":{"beaconID":"default"}}
            """);
        Assert.Equal(TimeSpan.FromSeconds(25), Start(("Drand:Chain", file)).GetRequiredService<DrandChains>().Chosen?.Period);
    }

    [Fact]
    public void A_wrong_choice_stops_the_start_and_says_what_is_expected()
    {
        var unknown = Refused(("Drand:Chain", "slownet"));
        Assert.StartsWith("Beacon:Drand:Chain: 'slownet' is no chain; expected default, quicknet", unknown, StringComparison.Ordinal);
        Assert.Contains("hash: does not follow from the other fields", Refused(("Drand:Chain", Write(PublishedRounds.ChainJson("quicknet").Replace("\"period\": 3", "\"period\": 30", StringComparison.Ordinal)))), StringComparison.Ordinal);
        Assert.Contains("is not JSON", Refused(("Drand:Chain", Write("<html>"))), StringComparison.Ordinal);
        Assert.Contains("is longer than", Refused(("Drand:Chain", Write(new string(' ', 1024 * 1024)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:29")]
    [InlineData("-00:01:00")]
    [InlineData("8.00:00:00")]
    public void A_margin_that_a_clock_can_miss_by_is_refused(string margin) =>
        Assert.StartsWith("Beacon:Drand:Margin: expected", Refused(("Drand:Margin", margin)), StringComparison.Ordinal);

    [Fact]
    public async Task The_program_starts_with_the_office_s_chain()
    {
        await using var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Beacon:Drand:Chain"] = "quicknet" });
        Assert.Equal("quicknet", app.Services.GetRequiredService<DrandChains>().Chosen?.BeaconId);
    }

    [Fact]
    public void Every_shipped_chain_says_where_its_facts_come_from() =>
        Assert.All(Directory.GetFiles(SeedFolder.Find("beacons")), file =>
        {
            var json = SeedFolder.Json("beacons", Path.GetFileName(file));
            Assert.Equal("expertpanel.drand-chain/1", json.Text("schema"));
            Assert.Contains("drand-client", json.Text("source"), StringComparison.Ordinal);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), json.GetProperty("metadata").Text("beaconID"));
        });

    private string Write(string text)
    {
        var file = Path.Combine(folder, $"{Guid.CreateVersion7()}.json");
        File.WriteAllText(file, text);
        return file;
    }

    private static string Refused((string Name, string Value) setting) => Assert.Single(Assert.Throws<OptionsValidationException>(() => Start(setting)).Failures);

    private static ServiceProvider Start(params IReadOnlyList<(string Name, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"Beacon:{s.Name}", s.Value))).Build();
        var services = new ServiceCollection().AddBeacons(configuration).BuildServiceProvider(validateScopes: true);
        services.GetRequiredService<IStartupValidator>().Validate();
        return services;
    }
}
