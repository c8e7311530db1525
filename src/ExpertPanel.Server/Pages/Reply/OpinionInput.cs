using ExpertPanel.Server.Reply;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Pages.Reply;

/// <summary>The opinion's words as a form posts them; everything may be missing.</summary>
public sealed class OpinionInput
{
    public string? Stand { get; set; }

    public string? Text { get; set; }

    public string? Suggestions { get; set; }

    public bool Dissent { get; set; }

    /// <summary>Something that must not be lost when the session has ended.</summary>
    public bool HasWords => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrWhiteSpace(Suggestions);

    public OpinionDraft ToDraft()
    {
        var suggestions = OpinionDraft.Clean(Suggestions);
        return OpinionDraft.Empty with
        {
            Stand = Enum.TryParse<OpinionStand>(Stand, out var stand) && Enum.IsDefined(stand) ? stand : null,
            Text = OpinionDraft.Clean(Text),
            Suggestions = string.IsNullOrWhiteSpace(suggestions) ? null : suggestions,
            Dissent = Dissent,
        };
    }

    public static OpinionInput Of(OpinionDraft draft) =>
        new() { Stand = draft.Stand?.ToString(), Text = draft.Text, Suggestions = draft.Suggestions, Dissent = draft.Dissent };
}
