using System.Text.Json.Serialization;

namespace ExpertPanel.Workflows.Draw.Explanation;

/// <summary>
/// Why one expert of the pool is in or out: the rule with its evidence, his lot, and what would have had to differ. Positions
/// count from 1; numbers are 16 hex digits as in the transcript; seats and experts are ids of the input.
/// </summary>
/// <param name="Status">A constant of <see cref="ExpertStatus"/>.</param>
/// <param name="Reasons">Of an excluded expert: every reason with its evidence.</param>
/// <param name="Fits">The seats he fits by specialty and membership, excluded or not.</param>
/// <param name="Seat">The seat he was given.</param>
/// <param name="Why">Of one passed over: <see cref="PassedOverExpert.Seat"/> or <see cref="PassedOverExpert.Employer"/>.</param>
/// <param name="Before">Of one passed over: who was seated before him, of the same employer or in a seat that he fits.</param>
/// <param name="Substitute">The seats for which he is among the alternates that the transcript names, with his place there.</param>
/// <param name="Otherwise">What would have had to differ for another result for him.</param>
public sealed record ExpertExplanation(
    string Id,
    string Status,
    IReadOnlyList<ExclusionReason> Reasons,
    IReadOnlyList<string> Fits,
    int? Position,
    string? Number,
    int? Tickets,
    string? Seat,
    string? Why,
    IReadOnlyList<string> Before,
    IReadOnlyList<SubstitutePlace> Substitute,
    IReadOnlyList<Counterfactual> Otherwise)
{
    public bool IsEligible => Status != ExpertStatus.Excluded;
}

/// <summary>What became of an expert.</summary>
public static class ExpertStatus
{
    public const string Seated = "seated";

    /// <summary>His turn came and he was not seated.</summary>
    public const string PassedOver = "passed-over";

    /// <summary>The panel was full before his turn came.</summary>
    public const string Later = "later";

    public const string Excluded = "excluded";

    /// <summary>Eligible, but no full panel exists.</summary>
    public const string NoPanel = "no-panel";
}

/// <summary>The place among those named for a seat, from 1.</summary>
public sealed record SubstitutePlace(string Seat, int Place);

/// <summary>One change that would have led to another result for this expert, everything else being as it was: the other numbers, the seed, the rules.</summary>
/// <param name="Kind">A constant of this record.</param>
/// <param name="Number">The number from or below which the result differs, or that he would have had.</param>
/// <param name="Position">The position he would have had.</param>
/// <param name="Expert">The expert who would have had to be excluded.</param>
public sealed record Counterfactual(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Number = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Expert = null)
{
    /// <summary>With any number below this one he would have been seated, with any above it not.</summary>
    public const string NumberBelow = "number-below";

    /// <summary>With any number above this one he would not have been seated, with any below it he would.</summary>
    public const string NumberAbove = "number-above";

    /// <summary>Whatever his number, he would have been seated: without him there is no full panel of those before him.</summary>
    public const string AnyNumber = "any-number";

    /// <summary>Whatever his number, he would not have been seated: no full panel has him.</summary>
    public const string NoNumber = "no-number";

    /// <summary>Had this expert been excluded, he would have been seated.</summary>
    public const string Without = "without";

    /// <summary>Had nothing excluded him, this would have been his number and position, and he would have been seated.</summary>
    public const string EligibleSeated = "eligible-seated";

    /// <summary>Had nothing excluded him, this would have been his number and position, and he would not have been seated.</summary>
    public const string EligibleNotSeated = "eligible-not-seated";
}
