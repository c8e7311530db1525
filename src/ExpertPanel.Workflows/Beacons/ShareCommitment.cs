using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Workflows.Beacons;

/// <summary>
/// Binds a person to a random value without showing it: SHA-256( ASCII "expertpanel/share/1" ‖ 0x00 ‖ the draw's id in 36 lower-case
/// characters ‖ 0x00 ‖ "secretariat" or "audit" ‖ 0x00 ‖ the value's 32 bytes ). With draw and side in it, nobody can hand in the other's
/// commitment as an own one, nor one from another draw.
/// </summary>
public static class ShareCommitment
{
    public const int Digits = 64;

    /// <param name="value">64 hex digits.</param>
    public static string Of(Guid drawId, ShareSide side, string value) => Convert.ToHexStringLower(SHA256.HashData(
    [
        .. "expertpanel/share/1"u8, 0x00,
        .. Encoding.ASCII.GetBytes(drawId.ToString("D")), 0x00,
        .. side == ShareSide.Secretariat ? "secretariat"u8 : "audit"u8, 0x00,
        .. Convert.FromHexString(value),
    ]));

    /// <summary>64 hex digits in lower case; nothing for any other text. Blanks and full-width figures of a copied text are forgiven.</summary>
    public static string? Read(string entered) => BeaconConfirmation.Digits(entered) is { Length: Digits } digits ? digits : null;
}
