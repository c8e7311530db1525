using System.Collections;
using System.Reflection;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>A form read into a command, with every slip at its field.</summary>
public sealed record BoundCommand(MatterCommand Command, IReadOnlyList<FieldProblem> Problems);

/// <summary>A form read into any described record.</summary>
public sealed record BoundInput<T>(T Value, IReadOnlyList<FieldProblem> Problems);

/// <summary>
/// Reads a form into any command by the command's own description. What can't be read is a slip at its field; then the command checks
/// itself, so that a person sees all slips at once.
/// </summary>
public sealed class CommandBinder(FormInput input, FormChoices choices)
{
    private readonly FieldReader reader = new(input, choices);

    public static BoundCommand Bind(Type command, FormInput input, FormChoices choices)
    {
        var (bound, problems) = Read(command, input, choices);
        return new((MatterCommand)bound, problems);
    }

    /// <summary>The same for a record that is no command of a matter.</summary>
    public static BoundInput<T> Bind<T>(FormInput input, FormChoices choices) where T : class
    {
        var (bound, problems) = Read(typeof(T), input, choices);
        return new((T)bound, problems);
    }

    private static (object Bound, IReadOnlyList<FieldProblem> Problems) Read(Type type, FormInput input, FormChoices choices)
    {
        var binder = new CommandBinder(input, choices);
        var bound = binder.Make(type, "");
        // A slip of reading says more than "please fill in" at the same field.
        return (bound, [.. binder.reader.Problems.Concat(CommandField.Check(bound)).DistinctBy(p => p.Field)]);
    }

    private object Make(Type type, string prefix)
    {
        var maker = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return maker.Invoke([.. maker.GetParameters().Select(p => Value(p, prefix))]);
    }

    private object? Value(ParameterInfo parameter, string prefix)
    {
        var (type, path) = (parameter.ParameterType, prefix + parameter.Name);
        var says = parameter.GetCustomAttribute<FieldAttribute>();
        if (says is null && type != typeof(Guid) && type != typeof(DateOnly))
            return parameter.HasDefaultValue ? parameter.DefaultValue : throw new NotSupportedException($"{parameter.Member.DeclaringType?.Name}.{parameter.Name} is not asked for on a form.");
        return FieldShape.RowType(type) is { } row
            ? Rows(row, path)
            : reader.Read(type, says ?? new FieldAttribute(parameter.Name ?? "", parameter.Name ?? "") { Kind = FieldKind.Hidden }, path);
    }

    private IList Rows(Type row, string path)
    {
        var rows = (IList)(Activator.CreateInstance(typeof(List<>).MakeGenericType(row)) ?? throw new NotSupportedException(row.Name));
        for (var index = 0; index < input.Rows(path); index++) rows.Add(Make(row, FormattableString.Invariant($"{path}[{index}].")));
        return rows;
    }
}
