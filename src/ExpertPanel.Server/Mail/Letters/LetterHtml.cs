using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Renders letters without a web host. A renderer keeps every page it made, so each letter gets its own.</summary>
public sealed class LetterHtml(ILoggerFactory logs) : IDisposable
{
    /// <summary>Chinese as it is, at a third of the size of its character references; what could be markup is still encoded.</summary>
    private readonly ServiceProvider services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();

    public async Task<string> RenderAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(LetterPage.Letter)] = letter });
            var page = await renderer.RenderComponentAsync<LetterPage>(parameters);
            return "<!DOCTYPE html>\n" + page.ToHtmlString();
        });
    }

    public void Dispose() => services.Dispose();
}
