using System.Globalization;
using System.Net.Mail;
using ExpertPanel.Server.Experts;

namespace ExpertPanel.Server.Importing;

/// <summary>What is wrong with a cell, or with a row as a whole where no column is named.</summary>
public sealed record ImportProblem(int Row, string Column, string Zh, string En);

/// <summary>What the file does not say and the person says for all of it.</summary>
public sealed record ImportOrder(string Approval, DateOnly TermFrom, DateOnly TermTo);

/// <summary>Makes a card of a row, or says at which cell it fails.</summary>
public sealed class ImportedExpert(ImportColumns columns, ImportOrder order, IReadOnlyDictionary<string, string> specialties)
{
    private static readonly char[] Between = ['、', '，', ',', '；', ';', '/', '|', '\n', ' ', '　'];
    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy-M", "yyyy年M月", "yyyy.M"];

    /// <returns>The card with its own bank number if the file gives one; no card where there are problems.</returns>
    public (NewExpert? Expert, string? BankNumber) Read(ImportRecord row, List<ImportProblem> problems)
    {
        var before = problems.Count;
        string Text(string field) => columns.Fields.Select((f, i) => (f, i)).Where(c => c.f == field && c.i < row.Cells.Count).Select(c => row.Cells[c.i].Trim()).FirstOrDefault() ?? "";
        void Wrong(string field, string zh, string en) => problems.Add(new(row.Number, HeaderOf(field), zh, en));
        string Short(string field, int most, bool needed = false)
        {
            var text = Text(field);
            if (needed && text.Length == 0) Wrong(field, "没有填写。", "Not filled in.");
            if (text.Length > most) Wrong(field, $"超过 {most} 字。", $"Longer than {most} characters.");
            return text;
        }

        var expert = new NewExpert(
            Short(nameof(NewExpert.Name), 60, needed: true), Short(nameof(NewExpert.Gender), 10), Short(nameof(NewExpert.Category), 40), Yes(Text(nameof(NewExpert.CivilServant)), Wrong),
            Short(nameof(NewExpert.Employer), 200, needed: true), Short(nameof(NewExpert.Title), 100), Short(nameof(NewExpert.Mobile), 30), SpecialtiesOf(Text(nameof(NewExpert.Specialties)), Wrong),
            AddressOf(Text(nameof(NewExpert.Address)), Wrong), DayOf(Text(nameof(NewExpert.TermFrom)), nameof(NewExpert.TermFrom), order.TermFrom, Wrong),
            DayOf(Text(nameof(NewExpert.TermTo)), nameof(NewExpert.TermTo), order.TermTo, Wrong), order.Approval,
            Lines(Text(nameof(NewExpert.FormerEmployers))), Lines(Text(nameof(NewExpert.Conflicts))), Lines(Text(nameof(NewExpert.Relatives))));
        if (expert.TermTo < expert.TermFrom) Wrong(nameof(NewExpert.TermTo), "聘期止早于聘期起。", "The term ends before it begins.");
        var number = Short(ImportColumns.BankNumber, 40);
        return problems.Count > before ? (null, null) : (expert, number.Length == 0 ? null : number);
    }

    private string HeaderOf(string field) => columns.Fields.Select((f, i) => (f, i)).Where(c => c.f == field).Select(c => columns.Headers[c.i]).FirstOrDefault() ?? "";

    private static bool Yes(string text, Action<string, string, string> wrong)
    {
        switch (text.ToLowerInvariant())
        {
            case "": case "否": case "不是": case "无": case "no": case "false": case "0": return false;
            case "是": case "√": case "在职": case "yes": case "true": case "1": return true;
            default:
                wrong(nameof(NewExpert.CivilServant), "请填写“是”或者“否”。", "Say yes or no.");
                return false;
        }
    }

    /// <summary>By code or by name; a name that isn't known is no guess of ours.</summary>
    private List<string> SpecialtiesOf(string text, Action<string, string, string> wrong)
    {
        var codes = new List<string>();
        foreach (var part in text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!specialties.TryGetValue(part, out var code)) wrong(nameof(NewExpert.Specialties), $"没有“{part}”这个专业，请按专业名称填写。", $"There is no specialty '{part}'.");
            else if (!codes.Contains(code)) codes.Add(code);
        }

        if (codes.Count == 0 && text.Length == 0) wrong(nameof(NewExpert.Specialties), "没有填写。", "Not filled in.");
        return codes;
    }

    private static string AddressOf(string text, Action<string, string, string> wrong)
    {
        if (text.Length is 0 or > 254 || !MailAddress.TryCreate(text, out var address) || address.Address != text || !text.All(char.IsAscii))
            wrong(nameof(NewExpert.Address), text.Length == 0 ? "没有填写。" : "不是有效的邮箱。", text.Length == 0 ? "Not filled in." : "No valid mail address.");
        return text.ToLowerInvariant();
    }

    /// <summary>As written, or as the day number that Excel keeps.</summary>
    private static DateOnly DayOf(string text, string field, DateOnly otherwise, Action<string, string, string> wrong)
    {
        if (text.Length == 0) return otherwise;
        if (DateOnly.TryParseExact(text.Split(' ')[0], Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is > 20_000 and < 80_000) return DateOnly.FromDateTime(DateTime.FromOADate(serial));
        wrong(field, "不是日期，请写成 2014-09-01。", "No date; write 2014-09-01.");
        return otherwise;
    }

    private static string[] Lines(string text) => text.Split(['\n', '；', ';', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
