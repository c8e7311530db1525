using ExpertPanel.Server.Experts;

namespace ExpertPanel.Server.Importing;

/// <summary>Which column of the file is which field of the record.</summary>
/// <param name="HeaderRow">The number of the row with the headers; data begins below it.</param>
/// <param name="Headers">As they stand there.</param>
/// <param name="Fields">For each column the field's name; null for a column that is left out.</param>
public sealed record ImportColumns(int HeaderRow, IReadOnlyList<string> Headers, IReadOnlyList<string?> Fields)
{
    private const int HeaderWithin = 10;

    /// <summary>A number that the expert has in the bank already; without one the next is given.</summary>
    public const string BankNumber = "BankNumber";

    /// <summary>Each field and what lists call it. The first is our own word.</summary>
    private static readonly (string Field, string[] Names)[] Known =
    [
        (BankNumber, ["编号", "专家编号", "人才库编号", "证书编号", "banknumber"]),
        (nameof(NewExpert.Name), ["姓名", "专家姓名", "名字", "name"]),
        (nameof(NewExpert.Gender), ["性别", "gender"]),
        (nameof(NewExpert.Category), ["类别", "专家类别", "人员类别", "category"]),
        (nameof(NewExpert.CivilServant), ["在职公务员", "是否公务员", "公务员", "civilservant"]),
        (nameof(NewExpert.Employer), ["工作单位", "单位", "所在单位", "单位名称", "任职单位", "employer"]),
        (nameof(NewExpert.Title), ["职称职务", "职称", "职务", "职务职称", "职务或职称", "title"]),
        (nameof(NewExpert.Mobile), ["手机", "手机号", "手机号码", "联系电话", "电话", "联系方式", "mobile"]),
        (nameof(NewExpert.Specialties), ["专业", "专业领域", "擅长领域", "研究方向", "专长", "业务专长", "specialties"]),
        (nameof(NewExpert.Address), ["登记邮箱", "邮箱", "电子邮箱", "电子邮件", "邮件地址", "email", "e-mail", "mail"]),
        (nameof(NewExpert.TermFrom), ["聘期起", "聘期开始", "聘任日期", "起聘日期", "termfrom"]),
        (nameof(NewExpert.TermTo), ["聘期止", "聘期结束", "聘期至", "到期日期", "termto"]),
        (nameof(NewExpert.FormerEmployers), ["曾任职单位", "曾工作单位", "以往单位", "formeremployers"]),
        (nameof(NewExpert.Conflicts), ["利害关系单位和个人", "回避单位", "利益冲突", "兼职单位", "conflicts"]),
        (nameof(NewExpert.Relatives), ["近亲属及其单位", "近亲属", "relatives"]),
    ];

    public static IReadOnlyList<string> Fillable { get; } = [.. Known.Select(k => k.Field)];

    /// <summary>The fields without which no expert can be entered; the term may come from the form instead.</summary>
    public static IReadOnlyList<string> Needed { get; } = [nameof(NewExpert.Name), nameof(NewExpert.Employer), nameof(NewExpert.Specialties), nameof(NewExpert.Address)];

    public IReadOnlyList<string> Missing => [.. Needed.Except(Fields.OfType<string>())];

    public IReadOnlyList<string> Twice => [.. Fields.OfType<string>().GroupBy(f => f).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>Finds the header among the first rows and proposes what each column is: as it was matched here before, else by its name.</summary>
    /// <param name="remembered">Headers and fields of earlier imports.</param>
    /// <exception cref="ImportFileException">No row looks like a header.</exception>
    public static ImportColumns Propose(IEnumerable<ImportRecord> rows, IReadOnlyDictionary<string, string> remembered)
    {
        var best = rows.TakeWhile(r => r.Number <= HeaderWithin).Select(r => (Row: r, Fields: Match(r.Cells, remembered))).MaxBy(m => m.Fields.Count(f => f is not null));
        return best.Row is null || best.Fields.OfType<string>().Count() < 2
            ? throw new ImportFileException($"前 {HeaderWithin} 行里没有找到表头（如：姓名、工作单位、专业、邮箱）。", $"No header was found in the first {HeaderWithin} rows.")
            : new(best.Row.Number, [.. best.Row.Cells.Select(c => c.Trim())], best.Fields);
    }

    private static string?[] Match(IReadOnlyList<string> cells, IReadOnlyDictionary<string, string> remembered)
    {
        var fields = new string?[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            var header = Plain(cells[i]);
            var field = header.Length == 0 ? null : remembered.GetValueOrDefault(header) ?? Known.FirstOrDefault(k => k.Names.Contains(header)).Field;
            fields[i] = field is not null && Array.IndexOf(fields, field) < 0 ? field : null;
        }

        return fields;
    }

    /// <summary>A header compared: without spaces, stars and what stands in brackets.</summary>
    public static string Plain(string header)
    {
        var end = header.IndexOfAny(['(', '（', '：', ':']);
        return string.Concat((end < 0 ? header : header[..end]).Where(c => !char.IsWhiteSpace(c) && c != '*')).ToLowerInvariant();
    }
}
