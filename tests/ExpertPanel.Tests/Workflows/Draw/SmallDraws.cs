using System.Text.Json.Nodes;
using CsCheck;
using ExpertPanel.Workflows.Draw;

namespace ExpertPanel.Tests.Workflows.Draw;

/// <summary>Inputs small enough to try everything, where employers, specialties and membership are all scarce.</summary>
internal static class SmallDraws
{
    private static readonly string[] Specialties = ["administrative", "environment", "land", "labour"];

    private static readonly Gen<int> Many = Gen.Int[0, 15];

    /// <summary>Each specialty one time in four.</summary>
    private static readonly Gen<int> Few = Gen.Select(Many, Many, (left, right) => left & right);

    private static readonly Gen<JsonObject> Seats = Gen.Select(
        Few, Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))),
        (specialties, member) => DrawStage.Seat("", member, Named(specialties)));

    private static Gen<JsonObject> Experts(int employers) => Gen.Select(
        Many, Gen.Int[1, employers], Gen.Bool, Gen.Int[0, 3],
        (specialties, employer, member, reviews) =>
        {
            var expert = DrawStage.Expert("", $"第{employer}单位", Named(specialties));
            (expert["committeeMember"], expert["recentReviews"]) = (member, reviews);
            return expert;
        });

    public static Gen<JsonObject> Of(int seats, int experts) =>
        from employers in Gen.Int[1, 7]
        from maxPerEmployer in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from wanted in Seats.List[1, seats]
        from pool in Experts(employers).List[0, experts]
        select Input(wanted, pool, maxPerEmployer);

    /// <summary>The same inputs at every run: for tests where chance decides how near two figures come.</summary>
    public static IEnumerable<DrawInput> Fixed(int count, int seats, int experts)
    {
        var inputs = Of(seats, experts);
        var chance = new PCG(1, 20140926);
        for (var i = 0; i < count; i++)
            yield return DrawStage.Read(inputs.Generate(chance, null, out _));
    }

    private static string[] Named(int bits) => [.. Specialties.Where((_, i) => (bits & (1 << i)) != 0)];

    private static JsonObject Input(List<JsonObject> seats, List<JsonObject> pool, int maxPerEmployer)
    {
        for (var i = 0; i < seats.Count; i++)
            seats[i]["id"] = $"s{i + 1}";
        for (var i = 0; i < pool.Count; i++)
            pool[i]["id"] = $"E{i + 1:d4}";
        var input = DrawStage.Input(seats, pool);
        input["rules"]!["maxPerEmployer"] = maxPerEmployer; // the stage has rules
        return input;
    }
}
