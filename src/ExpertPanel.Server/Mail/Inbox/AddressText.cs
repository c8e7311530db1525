namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Mail addresses compared. Only A to Z lose their case: Unicode's own folding makes the Kelvin sign a k and the long s an s, and so a
/// stranger's address a registered one.
/// </summary>
internal static class AddressText
{
    public static string Fold(string address) => string.Create(address.Length, address, static (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++) folded[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    public static bool Same(string? a, string? b) => a is not null && b is not null && string.Equals(Fold(a), Fold(b), StringComparison.Ordinal);
}
