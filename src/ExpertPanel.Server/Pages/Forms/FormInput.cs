using System.Globalization;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>What stands in a form's fields, by path such as <c>Items[0].Reason</c>: typed by a person, or filled in beforehand.</summary>
public sealed class FormInput
{
    /// <summary>More rows than any form shows are not a person's work.</summary>
    private const int MostRows = 200;

    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);

    /// <summary>
    /// The posted form; rows left blank, or as they were <paramref name="given"/>, are dropped and the others counted anew, so that a path
    /// names the same row here and in the command.
    /// </summary>
    public static FormInput Posted(IFormCollection form, Type command, FormInput? given = null)
    {
        var input = new FormInput();
        var tables = CommandField.Of(command).Where(f => FieldShape.RowType(f.Property.PropertyType) is not null).ToList();
        foreach (var (key, texts) in form)
            if (!tables.Any(t => key.StartsWith(t.Name + "[", StringComparison.Ordinal)))
                input.values[key] = [.. texts.OfType<string>()];
        foreach (var table in tables) input.TakeRows(form, table, given);
        return input;
    }

    /// <summary>A form filled in beforehand with what is known.</summary>
    public static FormInput Of(IReadOnlyDictionary<string, object?> known)
    {
        var input = new FormInput();
        foreach (var (path, value) in known) input.Set(path, value);
        return input;
    }

    public IReadOnlyList<string> All(string path) => values.GetValueOrDefault(path, []);

    public string One(string path) => values.TryGetValue(path, out var found) && found.Count > 0 ? found[0] : "";

    public int Rows(string path)
    {
        var count = 0;
        while (values.Keys.Any(k => k.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{path}[{count}]"), StringComparison.Ordinal))) count++;
        return count;
    }

    public void Set(string path, object? value)
    {
        switch (value)
        {
            case null: return;
            case IEnumerable<Person> people: values[path] = [.. people.Select(p => p.Id)]; return;
            case IEnumerable<string> texts: values[path] = [.. texts]; return;
            case System.Collections.IEnumerable rows and not string: SetRows(path, rows); return;
            default: values[path] = [FieldText.Of(value)]; return;
        }
    }

    private void SetRows(string path, System.Collections.IEnumerable rows)
    {
        var index = 0;
        foreach (var row in rows)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
            values[$"{at}.{FieldShape.Used}"] = [FieldText.True];
            foreach (var field in CommandField.Of(row.GetType())) Set($"{at}.{field.Name}", field.Property.GetValue(row));
        }
    }

    private void TakeRows(IFormCollection form, CommandField table, FormInput? given)
    {
        var row = FieldShape.RowType(table.Property.PropertyType) ?? typeof(object);
        var next = 0;
        for (var index = 0; index < MostRows; index++)
        {
            var from = string.Create(CultureInfo.InvariantCulture, $"{table.Name}[{index}].");
            var posted = form.Where(f => f.Key.StartsWith(from, StringComparison.Ordinal))
                .ToDictionary(f => f.Key[from.Length..], f => (IReadOnlyList<string>)[.. f.Value.OfType<string>()], StringComparer.Ordinal);
            if (posted.Count == 0 || IsBlank(row, posted) || IsAsGiven(row, posted, table, given)) continue;
            foreach (var (name, texts) in posted) values[string.Create(CultureInfo.InvariantCulture, $"{table.Name}[{next}].{name}")] = texts;
            next++;
        }
    }

    /// <summary>A row whose fields may all stay empty says by a mark that it is meant; any other by whatever stands in it.</summary>
    private static bool IsBlank(Type row, Dictionary<string, IReadOnlyList<string>> posted) => FieldShape.NeedsMark(row)
        ? !posted.ContainsKey(FieldShape.Used)
        : Said(row, posted).Count == 0;

    /// <summary>A row of an optional list that was filled in beforehand, and nobody added to it.</summary>
    private static bool IsAsGiven(Type row, Dictionary<string, IReadOnlyList<string>> posted, CommandField table, FormInput? given) =>
        given is not null && table.Description.Optional && !FieldShape.NeedsMark(row)
        && Enumerable.Range(0, given.Rows(table.Name)).Any(index => Said(row, posted).SequenceEqual(
            CommandField.Of(row).Select(f => given.One(string.Create(CultureInfo.InvariantCulture, $"{table.Name}[{index}].{f.Name}"))).Where(t => !string.IsNullOrWhiteSpace(t))));

    private static List<string> Said(Type row, Dictionary<string, IReadOnlyList<string>> posted) =>
        [.. CommandField.Of(row).SelectMany(f => posted.GetValueOrDefault(f.Name, [])).Where(t => !string.IsNullOrWhiteSpace(t))];
}
