using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace ExpertPanel.Tests;

/// <summary>A reader without script: opens pages, fills in forms, keeps cookies, follows no redirect unasked.</summary>
public sealed class Browser(HttpClient client) : IDisposable
{
    public HttpClient Client { get; } = client;

    public async Task<HttpResponseMessage> OpenAsync(string path) => await Client.GetAsync(path);

    /// <summary>The page at the address, which must be there.</summary>
    public async Task<IHtmlDocument> ReadAsync(string path)
    {
        var answer = await Client.GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {answer.Headers.Location}");
        return await DocumentAsync(answer);
    }

    public static async Task<IHtmlDocument> DocumentAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Opens the page and submits its form with these fields over what the form already has.</summary>
    /// <param name="handler">The form's handler, such as <c>Roles</c>; empty for the page's main form.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string path, IReadOnlyDictionary<string, string> fields, string handler = "")
    {
        var page = await ReadAsync(path);
        var form = page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]").Single(f => Handler(f) == handler);
        var action = form.GetAttribute("action") is { Length: > 0 } named ? named : path;
        return await Client.PostAsync(action, new FormUrlEncodedContent(Filled(form, fields)));
    }

    public async Task SignInAsync(string name, string password)
    {
        var answer = await SubmitAsync("/login", new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = password });
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{name} could not sign in: {(int)answer.StatusCode}");
    }

    public void Dispose() => Client.Dispose();

    private static string Handler(IHtmlFormElement form) =>
        form.GetAttribute("action") is { } action && action.Contains("handler=", StringComparison.Ordinal) ? action[(action.IndexOf("handler=", StringComparison.Ordinal) + 8)..] : "";

    private static IEnumerable<KeyValuePair<string, string>> Filled(IHtmlFormElement form, IReadOnlyDictionary<string, string> fields)
    {
        var own = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked).Select(i => (i.Name, (string?)i.Value))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name, (string?)s.Value)))
            .Concat(form.Elements.OfType<IHtmlTextAreaElement>().Select(t => (t.Name, (string?)t.Value)));
        foreach (var (name, value) in own)
            if (name is { Length: > 0 } && !fields.ContainsKey(name)) yield return KeyValuePair.Create(name, value ?? "");
        foreach (var field in fields) yield return field;
    }
}
