using System.Text;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Importing;
using Xunit;

namespace ExpertPanel.Tests.Server.Importing;

/// <summary>Files as offices keep them, and files as nobody should send them.</summary>
public sealed class ImportTableTests
{
    private const string Csv = "姓名,工作单位,专业,邮箱\r\n吉䶮,\"示例大学,法学院\",行政法,a@example.test\r\n\r\n";

    [Theory]
    [InlineData("utf-8", true), InlineData("utf-8", false), InlineData("gb18030", false), InlineData("utf-16", true)]
    public void A_csv_is_read_in_the_encodings_that_offices_use(string charset, bool mark)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] content = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Csv)];
        var rows = ImportTable.Read(content).ToList();
        Assert.Equal(["姓名", "工作单位", "专业", "邮箱"], rows[0].Cells);
        Assert.Equal(["吉䶮", "示例大学,法学院", "行政法", "a@example.test"], rows[1].Cells);
    }

    [Fact]
    public void A_gbk_file_without_rare_characters_is_read_too()
    {
        var rows = ImportTable.Read(Encoding.GetEncoding("GBK").GetBytes("姓名;单位\n张三;示例局\n")).ToList();
        Assert.Equal(["张三", "示例局"], rows[1].Cells);
    }

    [Fact]
    public void Our_own_excel_is_read_back_with_long_digits_and_the_header_below_the_title()
    {
        var file = ExcelExport.Write("名单", "截至今天", [new("姓名"), new("手机"), new("单位")], [["张三", "13900000001234567", "示例局"], ["李四", "=1+1", "另一局"]]);
        var rows = ImportTable.Read(file).ToList();
        var columns = ImportColumns.Propose(rows, new Dictionary<string, string>());
        Assert.Equal(3, columns.HeaderRow);
        Assert.Equal(["Name", "Mobile", "Employer"], columns.Fields);
        Assert.Equal(["张三", "13900000001234567", "示例局"], rows.Single(r => r.Number == 4).Cells);
        Assert.Equal("=1+1", rows.Single(r => r.Number == 5).Cells[1]);
    }

    [Fact]
    public void Headers_are_known_by_many_names_and_by_what_was_matched_before()
    {
        ImportRecord header = new(1, ["序号", "专家姓名*", "所在单位（全称）", "研究方向", "E-mail", "备用"]);
        var columns = ImportColumns.Propose([header], new Dictionary<string, string> { ["备用"] = "Title" });
        Assert.Equal([null, "Name", "Employer", "Specialties", "Address", "Title"], columns.Fields);
        Assert.Empty(columns.Missing);
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "no table", [0, 1, 2, 0xFF, 0xFE, 0x80, 0x81, 0xFF] },
        { "old xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "zip of nothing", Convert.FromHexString("504B0506" + new string('0', 36)) },
        { "broken zip", Encoding.ASCII.GetBytes("PK\u0003\u0004 and then no more") },
        { "no header", Encoding.UTF8.GetBytes("a,b\nc,d\n") },
        { "a cell without end", Encoding.UTF8.GetBytes("姓名,单位\n\"" + new string('x', 300_000)) },
        { "too many columns", Encoding.UTF8.GetBytes("姓名,单位" + new string(',', 300) + "\n") },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void What_is_no_table_is_said_in_words(string what, byte[] content)
    {
        var fault = Assert.Throws<ImportFileException>(() => ImportColumns.Propose([.. ImportTable.Read(content)], new Dictionary<string, string>()));
        Assert.True(fault.Zh.Length > 5 && fault.En.Length > 5, what);
    }
}
