using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Reply;

/// <summary>Turns the draft into a version of the opinion: exactly what the expert was shown, once.</summary>
public sealed class OpinionSubmission(ProcessRunner runner, OpinionDrafts drafts)
{
    /// <summary>What is still missing or too long; the fields are those of <see cref="SubmitOpinion"/>.</summary>
    public static IReadOnlyList<FieldProblem> Problems(ReplyPlace place, OpinionDraft draft)
    {
        var problems = CommandField.Check(Command(place, draft, draft.Stand ?? OpinionStand.Abstain));
        var stand = CommandField.Of(typeof(SubmitOpinion)).Single(f => f.Name == nameof(SubmitOpinion.Stand)).Description;
        return draft.Stand is null ? [new(nameof(SubmitOpinion.Stand), $"请选择“{stand.Zh}”。", $"Choose {stand.En}."), .. problems] : problems;
    }

    /// <summary>SHA-256 of an opinion's text in UTF-8: what a receipt shows.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Changes with anything that would be submitted.</summary>
    public static string FingerprintOf(OpinionDraft draft) =>
        HashOf(MatterCommands.Write(new { draft.Stand, draft.Text, draft.Suggestions, draft.Dissent, Files = draft.Files.Select(f => f.Sha256) }));

    /// <summary>The same draft submitted twice, from two tabs or by an impatient hand, makes one version: the key says so.</summary>
    public async Task<StepResult> SubmitAsync(ReplyPlace place, OpenMatter open, OpinionDraft draft, string address, CancellationToken ct)
    {
        if (draft.Stand is not { } stand) throw new InvalidOperationException("A draft without a stand is not submitted.");
        var key = $"reply/{place.InvitationId:N}/{open.Invitation.Opinions.Count}/{FingerprintOf(draft)}";
        var result = await runner.RunAsync(place.TenantId, place.MatterId, Command(place, draft, stand), open.Actor(address), key, ct);
        if (result.Ok) await drafts.DropAsync(place, ct);
        return result;
    }

    private static SubmitOpinion Command(ReplyPlace place, OpinionDraft draft, OpinionStand stand) => new(
        place.InvitationId, stand, draft.Text, draft.Suggestions, draft.Dissent, OpinionChannel.Web, draft.Files, $"sha256:{HashOf(draft.Text)}");
}
