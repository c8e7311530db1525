using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Renders letters without a web host. A renderer keeps every page it made, so each letter gets its own.</summary>
public sealed class LetterHtml(IServiceProvider services, ILoggerFactory logs)
{
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
}
