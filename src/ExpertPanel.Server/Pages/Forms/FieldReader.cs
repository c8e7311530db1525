using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>Reads single fields and collects what can't be read.</summary>
internal sealed class FieldReader(FormInput input, FormChoices choices)
{
    private readonly List<FieldProblem> problems = [];

    public IReadOnlyList<FieldProblem> Problems => problems;

    public object? Read(Type type, FieldAttribute says, string path)
    {
        var text = input.One(path);
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var canBeNull = !type.IsValueType || bare != type;
        if (bare == typeof(bool)) return text is FieldText.True or "on";
        if (bare == typeof(string)) return Text(says, path, text);
        if (!type.IsValueType && bare != typeof(Person)) return Several(type, says, path);
        if (string.IsNullOrWhiteSpace(text))
        {
            if (!says.Optional) problems.Add(new(path, $"请填写“{says.Zh}”。", $"Enter {says.En}."));
            return canBeNull ? null : Activator.CreateInstance(bare);
        }

        return One(bare, says, path, text);
    }

    private string? Text(FieldAttribute says, string path, string text)
    {
        var clean = says.Kind == FieldKind.LongText ? FieldText.LongText(text) : FieldText.Line(text);
        if (says.Kind == FieldKind.Division && clean.Length > 0 && !choices.Divisions.Contains(clean)) return NotListed("", says, path);
        return clean.Length == 0 && says.Optional ? null : clean;
    }

    private object? One(Type type, FieldAttribute says, string path, string text)
    {
        if (type == typeof(int)) return FieldText.TryWhole(text, out var number) ? number : Slip(0, path, $"“{says.Zh}”应为整数。", $"{says.En} is a whole number.");
        if (type == typeof(DateOnly)) return FieldText.TryDay(text, out var day) ? day : Slip(default(DateOnly), path, $"“{says.Zh}”应为日期，例如 2014-09-26。", $"{says.En} is a date such as 2014-09-26.");
        if (type == typeof(DateTimeOffset))
            return FieldText.TryMoment(text, out var moment) ? moment : Slip(default(DateTimeOffset), path, $"“{says.Zh}”应为日期和时间，例如 2014-09-26 09:00。", $"{says.En} is a date and time such as 2014-09-26 09:00.");
        if (type == typeof(Guid)) return Guid.TryParse(text, out var id) ? id : NotListed(Guid.Empty, says, path);
        if (type == typeof(Person)) return choices.Person(path, text) ?? NotListed(default(Person), says, path);
        return Enum.TryParse(type, text, ignoreCase: true, out var choice) && Enum.IsDefined(type, choice) ? choice : NotListed(Activator.CreateInstance(type), says, path);
    }

    /// <summary>Lines, specialties, people: a list of texts or of persons.</summary>
    private object? Several(Type type, FieldAttribute says, string path)
    {
        var texts = input.All(path).Where(t => !string.IsNullOrWhiteSpace(t)).ToList();
        if (type == typeof(IReadOnlyList<Person>))
        {
            var people = texts.Select(t => choices.Person(path, t)).ToList();
            return people.Contains(null) ? NotListed(new List<Person>(), says, path) : people.OfType<Person>().ToList();
        }

        if (says.Kind == FieldKind.Lines) return FieldText.Lines(texts);
        return texts.TrueForAll(choices.IsSpecialty) ? texts : NotListed(new List<string>(), says, path);
    }

    private T NotListed<T>(T fallback, FieldAttribute says, string path) =>
        Slip(fallback, path, $"请从列出的选项中选择“{says.Zh}”。", $"Choose {says.En} from the list.");

    private T Slip<T>(T fallback, string path, string zh, string en)
    {
        problems.Add(new(path, zh, en));
        return fallback;
    }
}
