using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpertPanel.Server.Pages;

/// <summary>Files given out: always as attachments, never rendered here, whatever is in them.</summary>
public static class Downloads
{
    /// <summary>Nothing of a stored file may run or load anything under our name, should a browser show it after all.</summary>
    public const string Sandbox = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static FileContentResult Excel(PageModel page, string name, byte[] content) => Attachment(page, name, Xlsx, content);

    /// <summary>The name goes out as RFC 6266 wants it, in ASCII and in UTF-8.</summary>
    public static FileContentResult Attachment(PageModel page, string name, string mediaType, byte[] content)
    {
        page.Response.Headers.ContentSecurityPolicy = Sandbox;
        return new(content, mediaType) { FileDownloadName = name };
    }
}
