using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Documents;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>A copy made from the template is the letter that laying it out for this recipient gives, byte for byte.</summary>
public sealed class LetterTemplateTests
{
    [Theory]
    [InlineData("示例专家001专家")]
    [InlineData("张<三>&“李四”\"专家")]
    [InlineData("䶮\u3000王\t五专家")]
    public void A_copy_is_the_letter_itself(string recipient) =>
        Assert.Equal(ConsultationLetterDocx.Write(Letter(recipient), new()), new LetterTemplate(ConsultationLetterDocx.Write(Letter(LetterTemplate.Recipient), new())).For(recipient));

    private static ConsultationLetterDocument Letter(string recipient) => new()
    {
        Frame = new() { Office = "示例省人民政府法制办公室", Title = "关于示例事项的专家咨询函", PrimaryRecipient = recipient, IssuedOn = new(2014, 9, 26) },
        MatterNumber = "620000-2014-0001",
        MatterTitle = "关于示例事项的请示",
        Questions = ["特许经营期限是否合法？"],
        Materials = ["送审稿"],
        DueAt = TestPanel.Start,
    };
}
