using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>What the program and the page are both held to.</summary>
internal static class ReferenceSuite
{
    public const int Draws = 1_100;
    public const int Changes = 10_000;

    private const int Changed = 50;

    /// <summary>Transcripts that must verify.</summary>
    public static IEnumerable<byte[]> Transcripts() => Enumerable.Range(1, Draws).Select(number => ReferenceDraws.Transcript(number, (number % 100) switch { 50 => 370, _ when number == Draws => 1_500, _ => null }));

    /// <summary>
    /// Transcripts that are changed: their beacons are named beforehand, so that no letter of their input has two writings. Without
    /// that the contract leaves the beacon's source and round, its own unknown fields and the case of two hex texts in no hash.
    /// </summary>
    public static IReadOnlyList<byte[]> Originals() => [.. Enumerable.Range(1, Changed).Select(number => ReferenceDraws.Transcript(number * 7, experts: number % 13 + 1, named: true))];

    /// <summary>
    /// As many changes as wanted that change the JSON value, and those that came about on the way and change its form alone
    /// (<see cref="TranscriptChanges.AreSameValue"/>): a transcript may be laid out anew, and stays what it is.
    /// </summary>
    public static (List<(int Original, TranscriptChange Change)> Changes, List<(int Original, TranscriptChange Change)> FormAlone) ChangesTo(IReadOnlyList<byte[]> originals)
    {
        var chance = new Chance(20260926);
        var values = originals.Select(original => TranscriptValue.All(original)).ToList();
        List<(int, TranscriptChange)> changes = [], formAlone = [];
        while (changes.Count < Changes)
        {
            var original = chance.Below(originals.Count);
            var change = TranscriptChanges.Next(originals[original], values[original], chance);
            (TranscriptChanges.AreSameValue(originals[original], change.Apply(originals[original])) ? formAlone : changes).Add((original, change));
        }

        return (changes, formAlone);
    }

    /// <summary>The path that a verification names first; nothing when it verified.</summary>
    public static string Named(DrawVerificationResult result) => result.Problems.Count > 0 ? result.Problems[0].Path : result.Differs ?? "";
}
