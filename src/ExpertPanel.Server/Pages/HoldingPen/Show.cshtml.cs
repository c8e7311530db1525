using System.Net.Mime;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using ExpertPanel.Server.Screening;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>One held mail, and the decision: it counts, for this invitation with this stand; or it does not, and why.</summary>
public sealed class ShowModel(PanelDb db, IHoldingPen pen, CommitteeSettings settings, FileStates states, CurrentActor current, Words words) : PageModel
{
    private const int LongestNote = 500;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty]
    public AcceptInput Accept { get; set; } = new();

    [BindProperty]
    public DiscardInput Discard { get; set; } = new();

    [BindProperty]
    public FilingInput Filing { get; set; } = new();

    [BindProperty]
    public string? Notice { get; set; }

    public required HeldMailDetail Held { get; set; }

    /// <summary>The committee's ready answers, as they would be sent.</summary>
    public IReadOnlyList<FieldChoice> Notices { get; private set; } = [];

    public IReadOnlyList<FieldChoice> Invitations =>
        [.. Held.Choices.Select(c => new FieldChoice(c.InvitationId.ToString(), $"{c.MatterNumber} {c.ExpertName} · {words.Of<InvitationState>(c.State)}"))];

    /// <summary>The mail as a whole; of an attachment, what the mail's scan says of it, or its own fault.</summary>
    public FileState StateOf(HeldAttachment? file = null) =>
        file is { Fault: { } fault } ? states.Of(ScanState.Barred, fault, file.HasMacros) : states.Of(Held.Scan, Held.ScanFind, file?.HasMacros == true);

    public IReadOnlyList<FieldChoice> Stands => [.. Enum.GetValues<OpinionStand>().Select(s => new FieldChoice(s.ToString(), words.Of(s)))];

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    /// <summary>The mail as it came, to be opened elsewhere: never shown by the browser.</summary>
    public async Task<IActionResult> OnGetRawAsync(CancellationToken cancellationToken) =>
        await pen.RawAsync(db.TenantId, Id, cancellationToken) is { } raw ? Downloads.Attachment(this, $"{Id:N}.eml", MediaTypeNames.Application.Octet, raw) : NotFound();

    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken)
    {
        if (Accept.InvitationId is null) ModelState.AddModelError("Accept.InvitationId", words["HoldingPen.InvitationMissing"]);
        if (Accept.Stand is not { } chosen || !Enum.IsDefined(chosen)) ModelState.AddModelError("Accept.Stand", words["HoldingPen.StandMissing"]);
        if (string.IsNullOrWhiteSpace(Accept.Note) || Accept.Note.Length > LongestNote) ModelState.AddModelError("Accept.Note", words["HoldingPen.NoteMissing"]);
        if (!ModelState.IsValid || Accept is not { InvitationId: { } invitation, Stand: { } stand }) return await ShowAsync(cancellationToken);
        var actor = await current.ActingAsAsync([Role.Secretariat]);
        var refusal = await pen.AcceptAsync(db.TenantId, Id, new(invitation, stand, Accept.RegisterAddress, Accept.Note), actor, cancellationToken);
        return await AnswerAsync(refusal, "Accept.", "HoldingPen.Accepted", cancellationToken);
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Discard.Reason) || Discard.Reason.Length > LongestNote) ModelState.AddModelError("Discard.Reason", words["HoldingPen.ReasonMissing"]);
        if (!ModelState.IsValid || Discard.Reason is not { } reason) return await ShowAsync(cancellationToken);
        var refusal = await pen.DiscardAsync(db.TenantId, Id, reason, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(refusal, "Discard.", "HoldingPen.Discarded", cancellationToken);
    }

    public async Task<IActionResult> OnPostFileAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Filing.MatterNumber)) ModelState.AddModelError("Filing.MatterNumber", words["HoldingPen.MatterMissing"]);
        if (string.IsNullOrWhiteSpace(Filing.Note) || Filing.Note.Length > LongestNote) ModelState.AddModelError("Filing.Note", words["HoldingPen.FileNoteMissing"]);
        if (!ModelState.IsValid || Filing is not { MatterNumber: { } number, Note: { } note }) return await ShowAsync(cancellationToken);
        var refusal = await pen.FileAsync(db.TenantId, Id, new(number, Filing.InvitationId, note), await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(refusal, "Filing.", "HoldingPen.Filed", cancellationToken);
    }

    public async Task<IActionResult> OnPostNotifyAsync(CancellationToken cancellationToken)
    {
        if (MailNotice.Find(Notice) is null) ModelState.AddModelError(nameof(Notice), words["HoldingPen.NoticeMissing"]);
        if (!ModelState.IsValid || Notice is not { } notice) return await ShowAsync(cancellationToken);
        var refusal = await pen.NotifyAsync(db.TenantId, Id, notice, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(refusal, "", "HoldingPen.Notified", cancellationToken, stay: true);
    }

    public async Task<IActionResult> OnPostRegisterAsync(Guid invitation, CancellationToken cancellationToken)
    {
        var refusal = await pen.RegisterAsync(db.TenantId, Id, invitation, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        return await AnswerAsync(refusal, "", "HoldingPen.Asked", cancellationToken, stay: true);
    }

    public async Task<IActionResult> OnPostRejudgeAsync(CancellationToken cancellationToken)
    {
        var result = await pen.RejudgeAsync(db.TenantId, Id, await current.ActingAsAsync([Role.Secretariat]), cancellationToken);
        if (result.Refusal is not null || result.Mails is not [var mail]) return await AnswerAsync(result.Refusal, "", "HoldingPen.Unchanged", cancellationToken, stay: true);
        this.Notice(mail.State == "held" ? words[mail.Changed ? "HoldingPen.NewReason" : "HoldingPen.Unchanged", MailReasons.Of(words, mail.Reason)] : words["MailState." + mail.State]);
        return mail.State == "held" ? RedirectToPage(new { Id }) : RedirectToPage("Index");
    }

    /// <param name="stay">The mail goes on waiting.</param>
    private async Task<IActionResult> AnswerAsync(Refusal? refusal, string prefix, string done, CancellationToken cancellationToken, bool stay = false)
    {
        if (refusal is null)
        {
            this.Notice(words[done]);
            return stay ? RedirectToPage(new { Id }) : RedirectToPage("Index");
        }

        ModelState.AddModelError(refusal.Field is { } field ? prefix + field : "", words.Refusal(refusal));
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (await pen.ShowAsync(db.TenantId, Id, Number, cancellationToken) is not { } held) return NotFound();
        Held = held;
        var rules = await settings.RulesAsync(db, (await settings.NewestAsync(db, cancellationToken)).RulesVersion, cancellationToken);
        Notices = [.. MailNotice.All.Select(n => new FieldChoice(n.Id, $"{words["Notice." + n.Id]}：{n.Text(rules)}"))];
        return Page();
    }

    public sealed class AcceptInput
    {
        public Guid? InvitationId { get; set; }

        public OpinionStand? Stand { get; set; }

        public bool RegisterAddress { get; set; }

        public string? Note { get; set; }
    }

    public sealed class FilingInput
    {
        public string? MatterNumber { get; set; }

        public Guid? InvitationId { get; set; }

        public string? Note { get; set; }
    }

    public sealed class DiscardInput
    {
        public string? Reason { get; set; }
    }
}
