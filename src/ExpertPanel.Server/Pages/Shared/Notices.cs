using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What a page says after its redirect, once.</summary>
public static class Notices
{
    public const string Key = "notice";
    public const string SecretKey = "secret";
    public const string SecretTextKey = "secret-text";

    public static void Notice(this PageModel page, string text) => page.TempData[Key] = text;

    /// <summary>A secret for the partial <c>_Secret</c> of the next page; it travels encrypted and is gone once shown.</summary>
    public static void Secret(this PageModel page, string text, string secret) =>
        (page.TempData[SecretTextKey], page.TempData[SecretKey]) = (text, secret);

    /// <summary>Identity's refusals at the field they belong to.</summary>
    public static void Add(this ModelStateDictionary state, string field, IdentityResult result)
    {
        foreach (var error in result.Errors) state.AddModelError(field, error.Description);
    }
}

/// <summary>An empty list says so and what to do next, for the partial <c>_Empty</c>.</summary>
public sealed record EmptyModel(string Text, string? Link = null, string? LinkText = null);
