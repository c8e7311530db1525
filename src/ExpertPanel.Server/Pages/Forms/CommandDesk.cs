using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>What came of a posted form: done, or what is wrong and where.</summary>
public sealed record CommandOutcome(StepResult? Result, IReadOnlyList<FieldProblem> Problems, string? Refused)
{
    public bool Done => Result is { Ok: true };

    /// <summary>Puts every problem into the model state, from which the error summary and the fields show it.</summary>
    public void AddTo(ModelStateDictionary state)
    {
        foreach (var problem in Problems) state.AddModelError(problem.Field, Words.Problem(problem));
        if (Refused is not null) state.AddModelError("", Refused);
    }
}

/// <summary>Takes a posted form to its command: read, check, run.</summary>
public sealed class CommandDesk(ProcessRunner runner, PanelDb db, SpecialtyList specialties, Words words)
{
    public Task<FormChoices> ChoicesAsync(CancellationToken cancellationToken) => FormChoices.LoadAsync(db, specialties, cancellationToken);

    /// <summary>Reads the form into a command; every slip at its field.</summary>
    public static BoundCommand Read(string command, FormInput input, FormChoices choices) => CommandBinder.Bind(MatterCommands.Commands[command], input, choices);

    /// <param name="matterId">The matter; null for one that begins.</param>
    /// <param name="actor">In whose right.</param>
    public async Task<CommandOutcome> RunAsync(Guid? matterId, BoundCommand bound, Actor actor, string key, CancellationToken cancellationToken)
    {
        if (bound.Problems.Count > 0) return new(null, bound.Problems, null);
        var result = await runner.RunAsync(db.TenantId, matterId, bound.Command, actor, string.IsNullOrWhiteSpace(key) ? null : key, cancellationToken);
        return result.Refusal switch
        {
            null => new(result, [], null),
            { Field: { } field } refusal => new(result, [new(field, words.Refusal(refusal), words.Refusal(refusal))], null),
            var refusal => new(result, [], words.Refusal(refusal)),
        };
    }

    public CommandForm Form(string command, FormInput input, FormChoices choices, IReadOnlyList<FieldProblem>? problems = null) =>
        CommandForm.Of(command, input, choices, problems ?? [], words);
}
