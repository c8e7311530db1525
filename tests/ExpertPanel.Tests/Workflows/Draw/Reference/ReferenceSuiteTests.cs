using System.Collections.Concurrent;
using System.Globalization;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>The program against the reference suite; the page is held to the same in the browser's tests.</summary>
public sealed class ReferenceSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_draw_of_the_reference_suite_verifies()
    {
        var drawn = ReferenceSuite.Transcripts().ToList();
        Assert.All(drawn, transcript => Assert.Equal("", ReferenceSuite.Named(DrawVerification.Verify(transcript))));

        var read = drawn.ConvertAll(transcript => DrawTranscript.FromJson(System.Text.Encoding.UTF8.GetString(transcript)));
        var codes = read.SelectMany(one => one.Excluded).SelectMany(one => one.Reasons).CountBy(reason => reason.Code).ToDictionary();
        var whys = read.SelectMany(one => one.PassedOver).CountBy(one => one.Why).ToDictionary();
        var infeasible = read.Count(one => one.Blocking is not null);
        var several = read.Count(one => one.Blocking is { Count: > 1 });
        var named = read.Count(one => one.Input.BeaconNamed is not null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{drawn.Count} of {drawn.Count} verified: {infeasible} infeasible ({several} by several seats together), {named} with a named beacon; {string.Join(", ", codes.Concat(whys))}"));

        // The suite is worth its name only as long as all of this occurs in it.
        Assert.True(drawn.Count >= 1_000 && infeasible > 100 && several > 20 && infeasible < drawn.Count / 2 && named > 400);
        Assert.Equal(8, codes.Count);
        Assert.All(codes, code => Assert.True(code.Value > 50, code.Key));
        Assert.True(whys[PassedOverExpert.Seat] > 50 && whys[PassedOverExpert.Employer] > 50);
    }

    [Fact]
    public void Of_10_000_changed_transcripts_10_000_are_refused_with_the_field_named()
    {
        var originals = ReferenceSuite.Originals();
        var (changes, formAlone) = ReferenceSuite.ChangesTo(originals);
        var missed = new ConcurrentBag<string>();
        var unreadable = 0;
        Parallel.ForEach(changes, one =>
        {
            var result = DrawVerification.Verify(one.Change.Apply(originals[one.Original]));
            var named = ReferenceSuite.Named(result);
            if (!result.IsReadable)
                Interlocked.Increment(ref unreadable);
            if (result.IsVerified || named.Length == 0 || !IsRightlyNamed(one.Change, named))
                missed.Add($"{one}: named \"{named}\"");
        });

        var kinds = string.Join(", ", changes.CountBy(one => one.Change.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changes.Count - missed.Count} of {changes.Count} refused with the field named ({unreadable} as unreadable): {kinds}; {formAlone.Count} more changed the form alone"));
        Assert.Empty(missed);
        Assert.Equal(ReferenceSuite.Changes, changes.Count);
    }

    [Fact]
    public void What_changes_the_form_alone_still_verifies()
    {
        var originals = ReferenceSuite.Originals();
        var (_, formAlone) = ReferenceSuite.ChangesTo(originals);
        Assert.True(formAlone.Count > 100);
        Assert.All(formAlone, one => Assert.Equal("", ReferenceSuite.Named(DrawVerification.Verify(one.Change.Apply(originals[one.Original])))));
    }

    /// <summary>
    /// A result's value is named itself. The input is what all else follows from: a change in it is named in the input where it
    /// makes that unreadable or another than the named beacon's, and otherwise by the first hash that covers it.
    /// </summary>
    private static bool IsRightlyNamed(TranscriptChange change, string named) =>
        change.Field is not { } field
        || (field.StartsWith("input.", StringComparison.Ordinal)
            ? named is "inputHash" or "secretHash" or "seed" || named.StartsWith("input.", StringComparison.Ordinal)
            : named == field);
}
