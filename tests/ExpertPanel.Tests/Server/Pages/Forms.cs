using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExpertPanel.Tests.Server.Pages;

/// <summary>Fills in the form of a command as a person without script would.</summary>
internal static class Forms
{
    public static IHtmlFormElement Form(this IHtmlDocument page, string command) =>
        page.QuerySelector<IHtmlFormElement>($"form[data-testid=command-{command}]") ?? throw new InvalidOperationException($"No form for {command}: {page.Title}");

    /// <summary>What the form would send as it stands, with <paramref name="fields"/> over it.</summary>
    public static FormUrlEncodedContent Filled(this IHtmlFormElement form, params (string Name, string Value)[] fields)
    {
        var own = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not ("checkbox" or "radio" or "file") || i.IsChecked).Select(i => (i.Name, (string?)i.Value))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name, (string?)s.Value)))
            .Concat(form.Elements.OfType<IHtmlTextAreaElement>().Select(t => (t.Name, (string?)t.Value)));
        return new(own.Where(f => f.Name is { Length: > 0 } && fields.All(x => x.Name != f.Name)).Select(f => KeyValuePair.Create(f.Name ?? "", f.Item2 ?? ""))
            .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    public static async Task<HttpResponseMessage> SendAsync(this Browser browser, string path, string command, params (string Name, string Value)[] fields)
    {
        var form = (await browser.ReadAsync(path)).Form(command);
        return await browser.Client.PostAsync(path, form.Filled(fields));
    }

    public static string Text(this IHtmlDocument page, string selector = "main") => page.QuerySelector(selector)?.TextContent ?? "";

    public static string ErrorAt(this IHtmlDocument page, string field) => page.QuerySelector($"#{field}-error")?.TextContent ?? "";
}
