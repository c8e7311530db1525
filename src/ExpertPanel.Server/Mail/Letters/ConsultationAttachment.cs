using System.Globalization;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>专家咨询函 with its form as a .docx, for whoever wants it on paper. Only where contents may travel by mail.</summary>
internal static class ConsultationAttachment
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static DocumentFile Of(LetterRow row, Matter matter, CommitteeRules rules)
    {
        var facts = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Facts, MatterCommands.Json) ?? [];
        var due = DateOnly.ParseExact(facts["due"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var record = new ConsultationLetterDocument
        {
            Frame = new()
            {
                Office = rules.OfficeName,
                Title = $"{rules.OfficeName}关于{DocumentText.Line(matter.Title)}的专家咨询函",
                PrimaryRecipient = $"{row.ToName}专家",
                IssuedOn = ChinaTime.LocalDate(row.CreatedAt),
            },
            MatterNumber = matter.Number,
            MatterTitle = matter.Title,
            Questions = DocumentText.Paragraphs(facts.GetValueOrDefault("questions")),
            Materials = [.. matter.Submission.Materials],
            DueAt = ChinaTime.EndOfDay(due).AddMinutes(-1),
            HowToReply = "请按邮件中的链接在网页上答复，或者用登记邮箱回复该邮件。",
        };
        return new($"专家咨询函（{matter.Number}）.docx", Docx, ConsultationLetterDocx.Write(record, new DocumentFonts()));
    }
}
