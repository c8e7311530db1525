using System.Globalization;
using System.Text;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>A field's value as the text in its control, and back. Dates are read as people here write them.</summary>
public static class FieldText
{
    public const string True = "true";

    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    private static readonly string[] Moments =
        [.. from day in Days from time in new[] { "'T'H:mm", " H:mm", "'T'H:mm:ss", " H:mm:ss", "H:mm" } select day + time];

    public static string Of(object value) => value switch
    {
        string text => text,
        bool on => on ? True : "",
        DateOnly day => day.Iso(),
        DateTimeOffset at => at.ToOffset(ChinaTime.Offset).ToString(MomentFormat, CultureInfo.InvariantCulture),
        Person person => person.Id,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(Half(text), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A moment in Beijing.</summary>
    public static bool TryMoment(string text, out DateTimeOffset moment)
    {
        var read = DateTime.TryParseExact(Half(text), Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        moment = read && local.Year > 1 ? new(local, ChinaTime.Offset) : default;
        return read;
    }

    public static bool TryWhole(string text, out int number) =>
        int.TryParse(Half(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>One line of text without what no document can hold: control characters, broken surrogates.</summary>
    public static string Line(string text) => Clean(text, keepLines: false).Trim();

    public static string LongText(string text) => Clean(text.ReplaceLineEndings("\n"), keepLines: true).TrimEnd();

    public static IReadOnlyList<string> Lines(IEnumerable<string> texts) =>
        [.. texts.SelectMany(t => t.ReplaceLineEndings("\n").Split('\n')).Select(Line).Where(l => l.Length > 0)];

    /// <summary>Full-width figures and signs, as Chinese input methods give them, become ordinary ones.</summary>
    private static string Half(string text) => Line(text).Normalize(NormalizationForm.FormKC).Trim();

    private static string Clean(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\n' or '\t' ? keepLines : !Rune.IsControl(rune) && rune != Rune.ReplacementChar)
                clean.Append(rune);
            else if (!keepLines && rune.Value is '\n' or '\t')
                clean.Append(' ');
        return clean.ToString();
    }
}
