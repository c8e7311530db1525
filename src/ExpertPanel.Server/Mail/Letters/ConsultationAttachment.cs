using System.Collections.Concurrent;
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
internal sealed class ConsultationAttachment
{
    /// <summary>The letters of a round leave one after another; more rounds than these are never sent at once.</summary>
    private const int MostKept = 16;

    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private readonly ConcurrentDictionary<Round, LetterTemplate> templates = new();

    public DocumentFile Of(LetterRow row, Matter matter, CommitteeRules rules)
    {
        var round = new Round(rules.OfficeName, matter.Number, matter.Title, row.Facts, ChinaTime.LocalDate(row.CreatedAt), string.Join('\n', matter.Submission.Materials));
        if (!templates.TryGetValue(round, out var template))
        {
            if (templates.Count >= MostKept) templates.Clear();
            templates[round] = template = new(Template(row, matter, rules));
        }

        return new($"专家咨询函（{matter.Number}）.docx", Docx, template.For($"{row.ToName}专家"));
    }

    private static byte[] Template(LetterRow row, Matter matter, CommitteeRules rules)
    {
        var facts = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Facts, MatterCommands.Json) ?? [];
        var due = DateOnly.ParseExact(facts["due"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var record = new ConsultationLetterDocument
        {
            Frame = new()
            {
                Office = rules.OfficeName,
                Title = $"{rules.OfficeName}关于{DocumentText.Line(matter.Title)}的专家咨询函",
                PrimaryRecipient = LetterTemplate.Recipient,
                IssuedOn = ChinaTime.LocalDate(row.CreatedAt),
            },
            MatterNumber = matter.Number,
            MatterTitle = matter.Title,
            Questions = DocumentText.Paragraphs(facts.GetValueOrDefault("questions")),
            Materials = [.. matter.Submission.Materials],
            DueAt = ChinaTime.EndOfDay(due).AddMinutes(-1),
            HowToReply = "请按邮件中的链接在网页上答复，或者用登记邮箱回复该邮件。",
        };
        return ConsultationLetterDocx.Write(record, new DocumentFonts());
    }

    /// <summary>All that such a letter says, but to whom.</summary>
    private sealed record Round(string Office, string Number, string Title, string Facts, DateOnly On, string Materials);
}
