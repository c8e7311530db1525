using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>
/// A page that has no handler for what is asked of it says so. The framework would show it as if nothing had been asked, with a model that
/// nobody filled.
/// </summary>
public sealed class NamedHandlersOnly : IPageFilter
{
    private const string Handler = "handler";

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // Selected by the framework; judged below.
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is not null) return;
        var request = context.HttpContext.Request;
        var read = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!read) context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        else if (request.Query.ContainsKey(Handler)) context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // Nothing to do afterwards.
    }
}
