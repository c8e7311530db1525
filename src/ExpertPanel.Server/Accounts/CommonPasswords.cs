using Microsoft.AspNetCore.Identity;

namespace ExpertPanel.Server.Accounts;

/// <summary>Refuses the commonest passwords of twelve and more characters, also when only case, digits or signs were added at the ends.</summary>
public sealed class CommonPasswords(AccountErrors errors) : IPasswordValidator<AppUser>
{
    private static readonly HashSet<string> Known = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        var plain = (password ?? "").ToUpperInvariant();
        var core = plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '@', '#', '*');
        var name = (user.UserName ?? "").ToUpperInvariant();
        var common = Known.Contains(plain) || Known.Contains(core) || (name.Length > 2 && plain.Replace(name, "", StringComparison.Ordinal).Length < 8);
        return Task.FromResult(common ? IdentityResult.Failed(errors.PasswordTooCommon()) : IdentityResult.Success);
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("ExpertPanel.Server.Accounts.common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#')).Select(line => line.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
    }
}
