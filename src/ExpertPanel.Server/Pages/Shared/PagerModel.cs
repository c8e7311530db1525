using Microsoft.AspNetCore.WebUtilities;

namespace ExpertPanel.Server.Pages.Shared;

/// <summary>Where one is in a long list, for the partial <c>_Pager</c>. The page's number travels as <c>p</c>, the rest of the query stays.</summary>
public sealed record PagerModel(int Page, int Size, int Total, HttpRequest Request)
{
    public const string Parameter = "p";

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public int First => Total == 0 ? 0 : ((Page - 1) * Size) + 1;

    public int Last => Math.Min(Page * Size, Total);

    public string Link(int page)
    {
        var query = Request.Query.Where(q => q.Key != Parameter).SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return QueryHelpers.AddQueryString(Request.Path, query.Append(KeyValuePair.Create(Parameter, (string?)page.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    /// <summary>The asked page, within what there is.</summary>
    public static int Within(int asked, int size, int total) => Math.Clamp(asked, 1, Math.Max(1, (total + size - 1) / size));
}
