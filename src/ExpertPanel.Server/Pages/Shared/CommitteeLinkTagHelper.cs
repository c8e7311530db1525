using System.Text.Encodings.Web;
using ExpertPanel.Server.Tenancy;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>A page under <c>/t/{code}</c> leads on to pages of the same committee: its rooted addresses get the prefix.</summary>
[HtmlTargetElement("a", Attributes = "href")]
[HtmlTargetElement("form", Attributes = "action")]
[HtmlTargetElement("button", Attributes = "formaction")]
[HtmlTargetElement(Attributes = "hx-get")]
[HtmlTargetElement(Attributes = "hx-post")]
public sealed class CommitteeLinkTagHelper : TagHelper
{
    private static readonly string[] Addresses = ["href", "action", "formaction", "hx-get", "hx-post"];

    /// <summary>After the helpers that make addresses.</summary>
    public override int Order => 1000;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext?.HttpContext.Request.PathBase.Value is not { Length: > 0 } place) return;
        foreach (var name in Addresses)
            if (output.Attributes.TryGetAttribute(name, out var attribute) && CommitteeAddress.WithBase(Text(attribute.Value), place) is { } address)
                output.Attributes.SetAttribute(new TagHelperAttribute(name, new HtmlString(address), attribute.ValueStyle));
    }

    /// <summary>As it will stand in the page: what came from an expression is encoded by then.</summary>
    private static string Text(object? value)
    {
        if (value is not IHtmlContent content) return HtmlEncoder.Default.Encode(value?.ToString() ?? "");
        using var text = new StringWriter();
        content.WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }
}
