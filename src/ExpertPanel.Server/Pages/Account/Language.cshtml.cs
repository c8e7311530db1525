using ExpertPanel.Server.Hosting;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages.Account;

/// <summary>Chinese or English, kept in a cookie of this browser.</summary>
public sealed class LanguageModel : PageModel
{
    public IActionResult OnGet() => this.Onward(null);

    public IActionResult OnPost(string? language, string? returnUrl)
    {
        if (language is not null && Pipeline.Languages.Contains(language))
            Response.Cookies.Append(Pipeline.LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new(language)), new()
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = Request.IsHttps,
                IsEssential = true,
            });
        return this.Onward(returnUrl);
    }
}
