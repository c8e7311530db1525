using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Api;

/// <summary>What came of a command.</summary>
/// <param name="Facts">What became fact, by name; empty where it was so already.</param>
/// <param name="Repeated">The same idempotency key acted before; nothing was done again.</param>
public sealed record CommandDone(string Number, string Stage, IReadOnlyList<string> Facts, bool Repeated);

/// <summary>Takes a request's body to its command: read, check, run, answer.</summary>
public sealed class CommandRunner(ProcessRunner runner, PanelDb db, SpecialtyList specialties, Words words)
{
    public const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 100;

    /// <param name="matterId">The matter; null for one that begins.</param>
    /// <param name="edit">What the caller may not choose is set here, whatever the body says.</param>
    public async Task<IResult> RunAsync(
        HttpRequest request, Type type, Guid? matterId, Actor actor, CancellationToken cancellationToken, Func<MatterCommand, Task<MatterCommand>>? edit = null)
    {
        var (body, refused) = await ApiBody.ReadAsync(request, cancellationToken);
        if (body is null) return refused ?? ApiAnswers.NotFound;
        var (command, problems) = CommandReader.Read(type, body, await FormChoices.LoadAsync(db, specialties, cancellationToken));
        if (command is null) return ApiAnswers.Slips(problems);
        return await RunAsync(request, edit is null ? command : await edit(command), matterId, actor, cancellationToken);
    }

    public async Task<IResult> RunAsync(HttpRequest request, MatterCommand command, Guid? matterId, Actor actor, CancellationToken cancellationToken)
    {
        var given = request.Headers[KeyHeader].ToString();
        if (given.Length > LongestKey || given.Any(c => c is < '!' or > '~'))
            return ApiAnswers.Slip(KeyHeader, $"{KeyHeader} 应为 1 到 {LongestKey} 个可见的 ASCII 字符。", $"{KeyHeader} takes 1 to {LongestKey} visible ASCII characters.");
        // Keys are one's own: nobody can take another's, nor that of a timer or a form.
        var key = given.Length == 0 ? null : $"api:{actor.Id}:{given}";
        var result = await runner.RunAsync(db.TenantId, matterId, command, actor, key, cancellationToken);
        if (result.Refusal is { } refusal) return ApiAnswers.No(refusal, words);
        if (result.Repeated && key is not null && await IsOfAnotherAsync(key, command, matterId, cancellationToken))
            return ApiAnswers.No(new("idempotency.key-reused", $"此 {KeyHeader} 已用于另一项操作，请换一个。", KeyHeader), words);
        if (result.Matter is not { } matter) return ApiAnswers.NotFound;
        var done = new CommandDone(matter.Number, matter.Stage, [.. result.Facts.Select(f => f.Name)], result.Repeated);
        return matterId is null && !result.Repeated ? Results.Created($"{ApiSetup.Root}/matters/{matter.Number}", done) : Results.Ok(done);
    }

    private async Task<bool> IsOfAnotherAsync(string key, MatterCommand command, Guid? matterId, CancellationToken cancellationToken)
    {
        var first = await db.History.AsNoTracking().Where(h => h.IdempotencyKey == key).Select(h => new { h.Command, h.StreamId }).SingleAsync(cancellationToken);
        return first.Command != command.Name || (matterId is { } id && first.StreamId != id);
    }
}
