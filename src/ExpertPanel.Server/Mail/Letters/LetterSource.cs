using System.Globalization;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Documents;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using MimeKit.Utils;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>
/// What a letter may say. The matter's contents are reachable through <see cref="Contents"/> alone, and for a matter whose contents may
/// not travel by mail there are none: such a letter has nothing to say but the number, the dates and the link.
/// </summary>
public sealed class LetterSource
{
    public const string QuestionFact = "question";

    public const string AnswersFact = "answers";

    private readonly Dictionary<string, string> facts;
    private readonly Links links;
    private readonly string? token;

    public LetterSource(LetterRow row, Matter matter, CommitteeRules rules, string? token, Links links)
    {
        facts = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Facts, MatterCommands.Json) ?? [];
        (this.links, this.token) = (links, token);
        Number = matter.Number;
        OfficeName = DocumentText.Line(rules.OfficeName);
        OfficeContact = DocumentText.Line(rules.OfficeContact);
        WrittenAt = row.CreatedAt;
        Contents = matter.MailAllowed ? new(DocumentText.Line(matter.Title), DocumentText.Line(matter.Submission.SponsoringUnit), facts) : null;
        // A sponsor's or another unit's name may tell whose matter it is; an expert's own name tells nothing.
        ToName = matter.MailAllowed || row.ExpertId is not null ? DocumentText.Line(row.ToName) : "";
    }

    public string Number { get; }

    public string ToName { get; }

    public string OfficeName { get; }

    public string OfficeContact { get; }

    public DateTimeOffset WrittenAt { get; }

    /// <summary>Null for a matter whose contents may not travel by mail.</summary>
    public MatterContents? Contents { get; }

    /// <summary>The document goes with this letter as an attachment.</summary>
    public bool DocumentAttached { get; init; }

    public Uri ReplyPage => links.Reply(token ?? throw new InvalidOperationException("This letter carries no reply token."));

    /// <summary>The token of the question that the letter asks; null for a letter that asks none.</summary>
    public string? ConfirmationToken { get; init; }

    /// <exception cref="InvalidOperationException">The letter asks no question.</exception>
    public Uri ConfirmationPage => links.Confirmation(ConfirmationToken ?? throw new InvalidOperationException("This letter carries no question."));

    /// <exception cref="InvalidOperationException">The letter invites to no account.</exception>
    public Uri InvitationPage => links.AccountInvitation(ConfirmationToken ?? throw new InvalidOperationException("This letter invites to no account."));

    /// <summary>What a letter about a mail says of the mail itself; it tells nothing of a matter.</summary>
    public string OfMail(string fact) => DocumentText.Line(facts.GetValueOrDefault(fact));

    /// <summary>The Message-ID of the mail that the letter answers, where that has a proper one.</summary>
    public string? Answers => facts.GetValueOrDefault(AnswersFact) is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() : null;

    /// <summary>The question that a letter asks; it stands among the facts, its token does not.</summary>
    public static Guid? QuestionOf(LetterRow row) =>
        row.Kind is LetterKinds.MailConfirmation or LetterKinds.AddressConfirmation or LetterKinds.AccountInvitation && JsonSerializer.Deserialize<Dictionary<string, string>>(row.Facts, MatterCommands.Json) is { } facts
        && Guid.TryParse(facts.GetValueOrDefault(QuestionFact), out var id) ? id : null;

    public Uri MatterPage => links.Matter(Number);

    /// <summary>The number of an issued document.</summary>
    public string DocumentNumber => DocumentText.Line(facts.GetValueOrDefault("number"));

    /// <summary>A day among the facts, in words: 2014年10月9日. Days tell nothing about the contents.</summary>
    /// <exception cref="KeyNotFoundException">The letter was ordered without it.</exception>
    public string Day(string fact) => DocumentText.Date(Date(fact));

    /// <inheritdoc cref="Day"/>
    public DateOnly Date(string fact) => DateOnly.ParseExact(facts[fact], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment among the facts, kept as local time: 2014年10月9日 15:30.</summary>
    /// <exception cref="KeyNotFoundException">The letter was ordered without it.</exception>
    public string Moment(string fact)
    {
        var local = LocalTime(fact);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日 {local.Hour}:{local.Minute:00}");
    }

    /// <inheritdoc cref="Moment"/>
    public DateTime LocalTime(string fact) => DateTime.ParseExact(facts[fact], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What the matter is about, for letters that may say it.</summary>
public sealed record MatterContents(string Title, string SponsoringUnit, IReadOnlyDictionary<string, string> Facts)
{
    public string Text(string fact) => DocumentText.Line(Facts.GetValueOrDefault(fact));

    public IReadOnlyList<string> Lines(string fact) => DocumentText.Paragraphs(Facts.GetValueOrDefault(fact));

    public bool Has(string fact) => !string.IsNullOrWhiteSpace(Facts.GetValueOrDefault(fact));
}
