using ExpertPanel.Server.Pages.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Api;

/// <summary>Every command of a matter, each at its own address with its own schema. The route says who may; the rule is asked in the command again.</summary>
internal static class CommandsApi
{
    /// <summary>What only timers ask, and the upload, which has an address of its own.</summary>
    private static readonly HashSet<Type> NotOffered = [typeof(LapseInvitation), typeof(LapseSupplement), typeof(WarnDeadline), typeof(AttachFile)];

    public static bool IsOffered(string command) =>
        MatterCommands.Commands.TryGetValue(command, out var type) && !type.IsAssignableTo(typeof(OpeningCommand)) && !NotOffered.Contains(type);

    public static void Map(RouteGroupBuilder api)
    {
        var commands = api.MapGroup("/matters/{number}/commands").WithTags("commands");
        foreach (var (name, type) in MatterCommands.Commands.Where(c => IsOffered(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            commands.MapPost("/" + name, (string number, HttpRequest request, MatterAccess access, CommandRunner runner, CancellationToken cancellationToken) =>
                RunAsync(number, name, type, request, access, runner, cancellationToken)).WithName(name).TakesCommand(type, StatusCodes.Status200OK);
        }
    }

    private static async Task<IResult> RunAsync(
        string number, string name, Type type, HttpRequest request, MatterAccess access, CommandRunner runner, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(number, cancellationToken) is not { } open) return ApiAnswers.NotFound;
        return await runner.RunAsync(request, type, open.Matter.Id, Acting(open, name), cancellationToken);
    }

    /// <summary>In one's own right, or for whoever delegated the role; a leader's delegate for the matter's own leader first.</summary>
    public static Actor Acting(OpenMatter open, string command) => open.Me.ActingAs(
        MatterActions.By(open, command) ?? [], open.Route.Stage(open.Matter.Stage).Acts == Role.Leader ? open.Matter.Responsibility?.Leader.Id : null);
}
