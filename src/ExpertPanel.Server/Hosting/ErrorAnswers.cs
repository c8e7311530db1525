using System.Diagnostics;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Hosting;

/// <summary>
/// What a request gets that went wrong: a page, or problem+json under <c>/api</c>; never a detail, always a number to quote. It asks neither
/// the database nor the session, because either may be what broke.
/// </summary>
public static class ErrorAnswers
{
    public static Task ForExceptionAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        context.Response.StatusCode = error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            not null when DatabaseFaults.IsUnavailable(error) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return ForStatusAsync(context);
    }

    public static async Task ForStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)) return;
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        var number = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        var title = texts[$"Error.{Known(status)}.Title"];
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            await Results.Problem(statusCode: status, title: title, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["traceId"] = number }).ExecuteAsync(context);
        else
            await WritePageAsync(context, new()
            {
                [nameof(ErrorPage.Title)] = title.Value,
                [nameof(ErrorPage.Text)] = texts[$"Error.{Known(status)}.Text"].Value,
                [nameof(ErrorPage.Back)] = texts["Error.Back"].Value,
                [nameof(ErrorPage.Number)] = status >= StatusCodes.Status500InternalServerError ? texts["Error.Number", number].Value : null,
            });
    }

    private static int Known(int status) => status switch
    {
        400 or 403 or 404 or 413 or 421 or 429 or 503 => status,
        >= 500 => 500,
        _ => 400,
    };

    private static async Task WritePageAsync(HttpContext context, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ErrorPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }
}
