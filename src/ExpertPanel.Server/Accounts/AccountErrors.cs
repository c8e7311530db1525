using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Accounts;

/// <summary>Identity's own refusals in the reader's language. The code stays.</summary>
public sealed class AccountErrors(IStringLocalizer<Texts> texts) : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Error(nameof(PasswordRequiresUniqueChars), uniqueChars);

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch));

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), userName);

    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName));

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure));

    public IdentityError PasswordTooCommon() => Error(nameof(PasswordTooCommon));

    private IdentityError Error(string code, params object[] arguments) => new() { Code = code, Description = texts["Account.Error." + code, arguments] };
}
