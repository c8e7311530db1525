using ExpertPanel.Server.Documents;

namespace ExpertPanel.Server.Importing;

/// <summary>The rows that stayed out, as they came, with what is wrong in a last column: to mend there and import again.</summary>
internal static class RefusedRows
{
    public static byte[] Write(ImportColumns columns, IReadOnlyList<(ImportRecord Row, IReadOnlyList<ImportProblem> Problems)> refused)
    {
        List<ExcelColumn> headers = [.. columns.Headers.Select(h => new ExcelColumn(h.Length == 0 ? " " : h)), new("未导入的原因（原行号）", Width: 60)];
        return ExcelExport.Write("未导入的行", $"共 {refused.Count} 行，改正后可以再次导入", headers,
            refused.Select(IReadOnlyList<object?> (r) => [.. Enumerable.Range(0, columns.Headers.Count).Select(i => (object?)(i < r.Row.Cells.Count ? r.Row.Cells[i] : "")), Why(r.Row, r.Problems)]));
    }

    private static string Why(ImportRecord row, IReadOnlyList<ImportProblem> problems) =>
        string.Join(' ', problems.Select(p => (p.Column.Length == 0 ? "" : $"{p.Column}：") + p.Zh)) + $"（第 {row.Number} 行）";
}
