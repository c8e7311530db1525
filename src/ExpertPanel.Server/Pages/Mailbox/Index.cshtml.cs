using ExpertPanel.Server.Pages.Shared;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Mailbox;

/// <summary>The letters that left as files, and a box to answer as an expert. Outside Development there is no mailbox, and this page is not found.</summary>
public sealed class IndexModel(IServiceProvider services, Words words) : PageModel
{
    private const int Most = 200;

    private readonly IDeveloperMailbox? mailbox = services.GetService<IDeveloperMailbox>();

    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public IReadOnlyList<MailboxLetter> Letters { get; private set; } = [];

    public MailboxLetterDetail? Shown { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Text)) ModelState.AddModelError("Text", words["Mailbox.TextMissing"]);
        if (!ModelState.IsValid || Text is not { } text || mailbox is null) return await ShowAsync(cancellationToken);
        if (Name is null || !await mailbox.ReplyAsync(Name, text, cancellationToken)) return NotFound();
        this.Notice(words["Mailbox.Sent"]);
        return RedirectToPage(new { name = Name });
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (mailbox is null) return NotFound();
        Letters = mailbox.List(Most);
        if (Name is { } name && (Shown = await mailbox.ShowAsync(name, cancellationToken)) is null) return NotFound();
        return Page();
    }
}
