using System.Text.Json.Nodes;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Upgrades;

/// <summary>The route and the rules that came with this version of the program.</summary>
public sealed class ShippedDefaults(SeedFiles seeds)
{
    private readonly Lazy<string> json = new(() => seeds.Route);

    public Route Route => Read(json.Value);

    public CommitteeRules RulesFor(CommitteeRow committee) => CommitteeSetup.DefaultRules(seeds, committee);

    /// <summary>The route as the committee's version of this number.</summary>
    public string RouteAs(int version)
    {
        var document = JsonNode.Parse(json.Value)?.AsObject() ?? throw new InvalidOperationException("The seed route is no object.");
        document["version"] = version;
        var text = document.ToJsonString(MatterCommands.Json);
        Read(text);
        return text;
    }

    private static Route Read(string document)
    {
        var (route, problems) = RouteReader.Read(document);
        return route ?? throw new InvalidOperationException($"The seed route is faulty: {problems[0]}");
    }
}
