using System.Text;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Whether two writings of a name are the same name: after Unicode NFKC (which makes full-width letters and brackets
/// plain), without any white space, and with every middle dot written as U+00B7.
/// </summary>
public static class NameComparison
{
    public static bool AreSame(string left, string right) => string.Equals(Key(left), Key(right), StringComparison.Ordinal);

    /// <summary>Two names are the same if and only if their keys are equal, code unit by code unit.</summary>
    public static string Key(string name)
    {
        if (IsPlain(name))
            return name;
        var key = new StringBuilder(name.Length);
        foreach (var letter in Normalized(name))
        {
            if (!IsBlank(letter))
                key.Append(IsMiddleDot(letter) ? '\u00B7' : letter);
        }

        return key.ToString();
    }

    /// <summary>.NET normalizes no text with the noncharacter U+FFFE; it stands for itself and combines with nothing.</summary>
    private static string Normalized(string name) =>
        string.Join('\uFFFE', name.Split('\uFFFE').Select(part => part.Normalize(NormalizationForm.FormKC)));

    /// <summary>The common ideographs and ASCII letters and digits are their own NFKC.</summary>
    private static bool IsPlain(string name)
    {
        foreach (var letter in name)
        {
            if (letter is not (>= '\u4E00' and <= '\u9FA5') && !char.IsAsciiLetterOrDigit(letter))
                return false;
        }

        return true;
    }

    /// <summary>The zero-width spaces are no white space to Unicode, but they come along unseen when a name is pasted.</summary>
    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200B' or '\u2060' or '\uFEFF';

    /// <summary>
    /// Middle dot, katakana middle dot, bullet, hyphenation point, bullet operator, dot operator; NFKC has already brought
    /// the half-width katakana dot and the Greek ano teleia to the first two.
    /// </summary>
    private static bool IsMiddleDot(char letter) => letter is '\u00B7' or '\u30FB' or '\u2022' or '\u2027' or '\u2219' or '\u22C5';
}
