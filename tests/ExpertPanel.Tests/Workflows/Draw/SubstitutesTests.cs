using System.Text.Json;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class SubstitutesTests
{
    private static readonly HashSet<string> Nobody = [];

    /// <summary>Two seats for land, one for anything; two of 甲, three others, all for land but the last.</summary>
    private static readonly DrawTranscript Transcript = DrawStage.Draw(DrawStage.Input(
        [DrawStage.Seat("land", false, "land"), DrawStage.Seat("soil", false, "land"), DrawStage.Seat("any", false)],
        [
            DrawStage.Expert("A1", "甲", "land"),
            DrawStage.Expert("A2", "甲", "land"),
            DrawStage.Expert("B", "乙", "land"),
            DrawStage.Expert("C", "丙", "land"),
            DrawStage.Expert("D", "丁", "labour"),
        ]));

    private static string? Next(Dictionary<string, string> seating, string vacant, HashSet<string>? neverAgain = null, Func<string, bool>? eligible = null) =>
        Substitutes.Next(Transcript, seating, vacant, neverAgain ?? Nobody, eligible ?? (_ => true));

    private static string FirstOf(params string[] ids) => Transcript.Order.First(one => ids.Contains(one.Id)).Id;

    [Fact]
    public void For_the_first_vacancy_the_first_alternate_is_invited()
    {
        foreach (var leaving in Transcript.Panel)
        {
            var staying = Transcript.Panel.Where(one => one != leaving).ToDictionary(one => one.Seat, one => one.Id);
            Assert.Equal(Transcript.Alternates.Single(one => one.Seat == leaving.Seat).Ids.Cast<string?>().FirstOrDefault(), Next(staying, leaving.Seat, [leaving.Id]));
        }
    }

    [Fact]
    public void A_substitute_is_no_colleague_of_who_stays() =>
        Assert.Equal("C", Next(new() { ["land"] = "A1", ["any"] = "D" }, "soil", ["B"]));

    [Fact]
    public void Who_left_makes_room_for_a_colleague() =>
        Assert.Equal(FirstOf("A2", "C"), Next(new() { ["soil"] = "B", ["any"] = "D" }, "land", ["A1"]));

    [Fact]
    public void A_substitute_fits_the_vacant_seat() =>
        Assert.Null(Next(new() { ["land"] = "B", ["any"] = "A1" }, "soil", ["C"])); // D is free, but for labour

    [Fact]
    public void Who_declined_lapsed_or_was_recused_never_comes_back()
    {
        var neverAgain = new HashSet<string>();
        var invited = new List<string>();
        while (Next(new() { ["any"] = "D" }, "land", neverAgain) is { } id)
        {
            invited.Add(id);
            neverAgain.Add(id);
        }

        Assert.Equal(Transcript.Order.Select(one => one.Id).Where(id => id != "D"), invited);
    }

    [Fact]
    public void Eligibility_is_asked_anew() =>
        Assert.Equal("C", Next(new() { ["any"] = "D" }, "land", eligible: id => id == "C"));

    [Fact]
    public void Who_sits_already_is_not_invited_twice() =>
        Assert.Equal(FirstOf("B", "C"), Next(new() { ["any"] = "A1" }, "land"));

    [Fact]
    public void A_seat_that_is_taken_or_unknown_has_no_substitute()
    {
        Assert.Throws<ArgumentException>(() => Next(new() { ["land"] = "B" }, "land"));
        Assert.Throws<ArgumentException>(() => Next([], "s9"));
    }

    [Fact]
    public void A_transcript_taken_up_from_its_file_names_the_same_substitutes()
    {
        var kept = DrawTranscript.FromJson(Transcript.ToJson());
        Assert.Equal(Next([], "land"), Substitutes.Next(kept, new Dictionary<string, string>(), "land", Nobody, _ => true));
        Assert.Throws<JsonException>(() => DrawTranscript.FromJson("{}"));
        Assert.Throws<JsonException>(() => DrawTranscript.FromJson("null"));
    }
}
