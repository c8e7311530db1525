using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>
/// Transcripts that stand for good: should one of them ever come out otherwise, old draws could no longer be checked. A change
/// of the rules needs a new schema, never a new golden file.
/// </summary>
public sealed class DrawGoldenTests
{
    [Theory]
    [InlineData("drawn.json")]
    [InlineData("infeasible.json")]
    [InlineData("unusual-writing.json")]
    public void A_draw_comes_out_to_the_byte_as_it_always_did(string name)
    {
        var golden = File.ReadAllText(DrawStage.GoldenPath(name));
        var transcript = DrawTranscript.FromJson(golden);

        Assert.Equal(golden, DrawEngine.Run(transcript.Input).ToJson());
        Assert.Equal(golden, transcript.ToJson());
        Assert.True(DrawVerification.Verify(golden).IsVerified);
    }
}
