using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows;

/// <summary>Something asked of a matter. One file holds the command, its facts and its rule.</summary>
public abstract record MatterCommand
{
    /// <summary>The name that routes, the API and the history use, such as <c>acceptMatter</c>.</summary>
    [JsonIgnore]
    public string Name => MatterCommands.NameOf(GetType());

    /// <summary>Whether what is asked has already come about: asked twice is harmless.</summary>
    public virtual bool AlreadyDone(Matter matter, Actor actor) => false;

    public abstract Decision Decide(Matter matter, StepContext at);

    /// <summary>The fact that the matter enters the stage to which this command leads in the route.</summary>
    protected StageEntered Leave(Matter matter, StepContext at, string outcome = Routes.RouteStep.Done) =>
        new(at.Route.Target(matter.Stage, Name, outcome), at.Now);
}

/// <summary>A command that begins a matter.</summary>
public abstract record OpeningCommand : MatterCommand;

/// <summary>A fact in a matter's history, past tense.</summary>
public abstract record MatterEvent
{
    [JsonIgnore]
    public string Name => MatterCommands.NameOf(GetType());

    public abstract Matter Apply(Matter matter);
}

/// <summary>The outcomes other than <c>done</c> by which a command may leave a stage; a route gives each a target.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutcomesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>What a command is called on a page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CalledAttribute(string zh, string en) : Attribute
{
    public string Zh { get; } = zh;

    public string En { get; } = en;
}

/// <summary>All commands and facts by name, and their JSON.</summary>
public static class MatterCommands
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static IReadOnlyDictionary<string, Type> Commands { get; } = Concrete(typeof(MatterCommand));

    public static IReadOnlyDictionary<string, Type> Events { get; } = Concrete(typeof(MatterEvent));

    public static string NameOf(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name);

    private static readonly ConcurrentDictionary<string, CalledAttribute> Names = new();

    public static CalledAttribute Called(string name) =>
        Names.GetOrAdd(name, static one => Commands[one].GetCustomAttribute<CalledAttribute>() ?? new CalledAttribute(one, one));

    public static IReadOnlyList<string> Outcomes(string name) =>
        Commands[name].GetCustomAttribute<OutcomesAttribute>()?.Names ?? [Routes.RouteStep.Done];

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);

    /// <exception cref="JsonException">The text is not the command's JSON.</exception>
    public static MatterCommand Read(string name, string json) =>
        (MatterCommand)(JsonSerializer.Deserialize(json, Commands[name], Json) ?? throw new JsonException("A command can't be null."));

    private static Dictionary<string, Type> Concrete(Type kind) =>
        typeof(MatterCommands).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(kind)).ToDictionary(NameOf);
}
