namespace ExpertPanel.Server.Mail.Outbox;

/// <summary>How long a letter waits after each failed attempt. After the last pause, 72 hours in all, it has failed and a person sees it.</summary>
public static class RetryPauses
{
    private static readonly TimeSpan[] Table =
    [
        .. new[] { 1, 2, 5, 15, 30 }.Select(m => TimeSpan.FromMinutes(m)),
        .. new[] { 1, 2, 4, 8, 12, 24 }.Select(h => TimeSpan.FromHours(h)),
        new TimeSpan(20, 7, 0),
    ];

    public static IReadOnlyList<TimeSpan> All => Table;

    /// <param name="attempts">Attempts made so far, at least one.</param>
    /// <returns>Null when it is enough.</returns>
    public static TimeSpan? After(int attempts) => attempts <= Table.Length ? Table[attempts - 1] : null;
}
