using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// What a draw is made from. <see cref="Raw"/> is the input as it was given, unknown fields included: it is what is hashed
/// and what the transcript keeps, so inputs are made by <see cref="DrawInputReader"/> or <see cref="DrawInputComposer"/> and
/// never changed with <c>with</c> outside a trial: the hash would no longer cover what was drawn from. The beacon is absent
/// until its value is public; <see cref="BeaconNamed"/> says beforehand which it will be.
/// </summary>
public sealed record DrawInput(
    JsonElement Raw,
    DrawMatter Matter,
    IReadOnlyList<Seat> Seats,
    DrawRules Rules,
    DateTimeOffset Now,
    IReadOnlyList<Candidate> Pool,
    string Secret,
    Beacon? Beacon,
    BeaconName? BeaconNamed = null)
{
    public const string Schema = "expertpanel.draw-input/1";
}

/// <summary>The matter's interests: whoever is named here may not be close to a reviewer.</summary>
public sealed record DrawMatter(
    string Id,
    string Title,
    string Sponsor,
    IReadOnlyList<string> Parties,
    IReadOnlyList<string> Counsel,
    IReadOnlyList<string> People);

/// <summary>A seat without specialties takes any specialty.</summary>
public sealed record Seat(string Id, IReadOnlyList<string> Specialties, bool CommitteeMember = false);

/// <summary>The limits of a panel, and how many tickets an expert holds by how many reviews he did of late beyond the fewest.</summary>
public sealed record DrawRules(int MaxPerEmployer, int MaxOpenReviews, IReadOnlyList<int> TicketsByRecentReviews);

/// <summary>An expert of the bank as he stands at the moment of the draw. The term includes both its days.</summary>
public sealed record Candidate(
    string Id,
    string Name,
    string Employer,
    IReadOnlyList<string> FormerEmployers,
    IReadOnlyList<string> Specialties,
    bool CommitteeMember,
    DateOnly TermFrom,
    DateOnly TermTo,
    bool OnLeave,
    int OpenReviews,
    int RecentReviews,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<string> Relatives)
{
    /// <summary>What the screening found, for the record: hashed with the input, read by no rule of the draw.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CandidateFinding>? Findings { get; init; }
}

/// <summary>A finding as it is frozen with the draw.</summary>
/// <param name="Decision"><c>certain</c>, <c>confirmed</c>, <c>cleared</c>; <c>waiting</c> for an expert who can't be drawn anyway; of a line department <c>one-employer</c> or <c>excluded</c>.</param>
public sealed record CandidateFinding(string Rule, string Source, string Evidence, string Interest, string Decision, string? Reason, string? DecidedBy);

/// <summary>A public value nobody could know when the input and the secret were committed.</summary>
public sealed record Beacon(string Source, string Round, string Value);
