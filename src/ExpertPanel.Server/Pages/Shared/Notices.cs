using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>What a page says after its redirect, once.</summary>
public static class Notices
{
    public const string Key = "notice";

    public static void Notice(this PageModel page, string text) => page.TempData[Key] = text;
}

/// <summary>An empty list says so and what to do next, for the partial <c>_Empty</c>.</summary>
public sealed record EmptyModel(string Text, string? Link = null, string? LinkText = null);
