using ExpertPanel.Workflows.Documents;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Documents;

public sealed class DocumentNumberTests
{
    [Fact]
    public void It_is_written_as_the_standard_wants_it()
    {
        var written = new DocumentNumber("甘政法函", 2014, 12).ToString();
        Assert.Equal("甘政法函〔2014〕12号", written);
        Assert.Contains('\u3014', written);
        Assert.Contains('\u3015', written);
    }

    [Fact]
    public void It_needs_no_separators_in_any_culture() =>
        Assert.Equal("甘政法函〔2014〕12345号", new DocumentNumber("甘政法函", 2014, 12345).ToString());

    [Theory]
    [InlineData("甘政法函〔2014〕12号")]
    [InlineData("甘政法函[2014]12号")]
    [InlineData("甘政法函［2014］12号")]
    [InlineData("甘政法函【2014】12号")]
    [InlineData("甘政法函(2014)12号")]
    [InlineData("甘政法函（2014）12号")]
    [InlineData("甘政法函﹝2014﹞12号")]
    [InlineData("甘政法函〔2014〕第12号")]
    [InlineData("甘政法函〔2014〕012号")]
    [InlineData("甘政法函〔２０１４〕１２号")]
    [InlineData(" 甘政法函 〔2014〕\u3000第 0012 号 ")]
    public void Older_ways_of_writing_it_are_read_as_the_same_number(string written)
    {
        Assert.True(DocumentNumber.TryParse(written, out var number));
        Assert.Equal(new DocumentNumber("甘政法函", 2014, 12), number);
    }

    [Fact]
    public void A_number_of_another_province_in_the_old_style_is_read()
    {
        Assert.True(DocumentNumber.TryParse("哈政发法字[2009]1号", out var number));
        Assert.Equal("哈政发法字〔2009〕1号", number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("甘政法函")]
    [InlineData("〔2014〕12号")]
    [InlineData("甘政法函〔2014〕12")]
    [InlineData("甘政法函〔2014〕号")]
    [InlineData("甘政法函〔2014〕0号")]
    [InlineData("甘政法函〔2014〕-1号")]
    [InlineData("甘政法函〔14〕12号")]
    [InlineData("甘政法函〔1024〕12号")]
    [InlineData("甘政法函〕2014〔12号")]
    [InlineData("甘政法函〔2014〕第第12号")]
    [InlineData("第甘政法函〔2014〕12号")]
    [InlineData("甘政法函〔2014〕12号附件")]
    [InlineData("甘政法函〔2014〕12〔3〕号")]
    [InlineData("甘政7函〔2014〕12号")]
    [InlineData("HFGS—2017—9")]
    [InlineData("甘政法函〔2014〕99999999999号")]
    [InlineData("甘\uD800函〔2014〕1号")]
    public void What_is_no_number_is_not_read(string? written)
    {
        Assert.False(DocumentNumber.TryParse(written, out var number));
        Assert.Null(number);
    }
}
