using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Tests.Server.Pages;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>
/// Every address that the program serves, read from its own endpoints, tried with every kind of another committee's ids: by a sibling city in
/// each role, by a county below and by the committee above. What is there and what isn't are answered alike, word for word.
/// </summary>
[Collection(nameof(OfficeCollection))]
public sealed partial class IsolationTests(Office office)
{
    private const string Mark = "绝不外泄之标记事项";
    private const string Missing = "00000000-0000-7000-8000-000000000000";
    private const string MissingNumber = "620000-1999-9999";

    private static readonly Role[] Everything = [.. Enum.GetValues<Role>().Except([Role.Expert, Role.System])];

    [Fact]
    public async Task No_address_tells_another_committee_more_than_that_nothing_is_there()
    {
        var owned = await OwnedAsync();
        var addresses = Addresses().ToList();
        Assert.True(addresses.Count > 50, $"only {addresses.Count} addresses with ids");
        var intruders = new List<Intruder>();
        var sibling = await CommitteeAsync("630000", "000000");
        foreach (var role in Everything) intruders.Add(await IntruderAsync($"sibling-{role}", sibling, [role]));
        intruders.Add(await IntruderAsync("county", await CommitteeAsync("620199", "620000"), Everything));
        intruders.Add(await IntruderAsync("above", await CommitteeAsync("000000", null), Everything));

        var wrong = new List<string>();
        var tried = 0;
        foreach (var intruder in intruders)
            foreach (var (method, pattern) in addresses)
                foreach (var (there, nowhere) in Filled(pattern, intruder.Roles.Count > 1 ? owned : owned with { Ids = [.. owned.Ids.Take(1)] }))
                {
                    tried++;
                    var (seen, unseen) = (await AskAsync(method, there, intruder), await AskAsync(method, nowhere, intruder));
                    if (seen.Status is not (404 or 403 or 405 or 400) || seen != unseen) wrong.Add($"{intruder.Who} {method} {there}: {seen.Status} beside {unseen.Status} {(seen.Body == unseen.Body ? "" : "with another body")}");
                }

        intruders.ForEach(intruder => intruder.Dispose());
        Assert.True(tried > 1500, $"{tried} tries");
        Assert.Empty(wrong.Take(20));
    }

    [Fact]
    public async Task No_list_search_or_export_of_another_committee_names_what_is_ours()
    {
        var owned = await OwnedAsync();
        string[] ours = [Mark, owned.Number, owned.ExpertName];
        using (var reader = await IntruderAsync("reader", await CommitteeAsync("640000", "000000"), Everything))
        {
            var lists = Endpoints().Where(e => e.Method == "GET" && !e.Pattern.Contains('{', StringComparison.Ordinal)).Select(e => e.Pattern).Distinct().ToList();
            Assert.True(lists.Count > 25, $"only {lists.Count} lists");
            var read = 0;
            foreach (var list in lists)
                foreach (var query in new[] { "", $"?q={Uri.EscapeDataString(Mark[..4])}", "?handler=Excel" })
                {
                    var answer = await (list.StartsWith("/api", StringComparison.Ordinal) ? reader.Api.Client : reader.Browser.Client).GetAsync(list + query);
                    if (answer.StatusCode != HttpStatusCode.OK) continue;
                    read++;
                    var text = await TextAsync(answer);
                    Assert.All(ours, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{list}{query} names {word}"));
                }

            Assert.True(read > 40, $"{read} lists were read");
        }

        // Their own readers do find them, so the words are really there to be found.
        Assert.Contains(Mark, (await office.Of("秘书辛").ReadAsync($"/matters?q={Uri.EscapeDataString(Mark[..4])}")).Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(office.App.Log.Value, line => line.Contains(Mark, StringComparison.Ordinal) || line.Contains(owned.ExpertName, StringComparison.Ordinal));
    }

    private async Task<Owned> OwnedAsync()
    {
        var matter = await office.ConsultingAsync();
        await using var db = office.App.Database();
        var row = await db.Matters.SingleAsync(m => m.Id == matter.Id);
        if (!await db.Matters.AnyAsync(m => m.Title.Contains(Mark))) await office.RegisteredAsync(Stage.Registration() with { Title = Mark });
        var invitation = matter.Panel!.Invitations[0];
        var expert = await db.Experts.SingleAsync(e => e.Id == invitation.ExpertId);
        var mail = new InboundMailRow { Id = Guid.CreateVersion7(), ReceivedAt = TimeProvider.System.GetUtcNow(), Sha256 = Guid.CreateVersion7().ToString("N"), Raw = "Subject: x\r\n\r\ny"u8.ToArray(), State = "held", Reason = "token.missing", Subject = Mark };
        var file = new FileRow { Id = Guid.CreateVersion7(), MatterId = matter.Id, Name = Mark + ".txt", MediaType = "text/plain", Sha256 = Guid.CreateVersion7().ToString("N"), Content = [1], Size = 1 };
        db.AddRange(mail, file);
        await db.SaveChangesAsync();
        var letter = await db.Letters.Where(l => l.MatterId == matter.Id).Select(l => l.Id).FirstAsync();
        var user = await db.Users.Where(u => u.TenantId == office.App.TenantId).Select(u => u.Id).FirstAsync();
        return new(row.Number, expert.BankNumber, expert.Name, [matter.Id, invitation.Id, expert.Id, mail.Id, file.Id, letter, user]);
    }

    private async Task<Guid> CommitteeAsync(string code, string? parent)
    {
        await using var db = office.App.Database(Guid.Empty);
        if (await db.Committees.SingleOrDefaultAsync(c => c.Code == code) is { } known) return known.Id;
        var id = await office.App.AddCommitteeAsync(code, $"示例{code}", "prefecture");
        await using var again = office.App.Database(Guid.Empty);
        (await again.Committees.SingleAsync(c => c.Id == id)).ParentCode = parent;
        await again.SaveChangesAsync();
        return id;
    }

    private async Task<Intruder> IntruderAsync(string who, Guid committee, IReadOnlyList<Role> roles)
    {
        var api = await ApiCaller.OfAsync(office.App, $"intruder-{who}", roles, user => (user.TenantId, user.SponsoringUnit) = (committee, Stage.Registration().SponsoringUnit));
        var browser = office.App.Open();
        await browser.SignInAsync($"intruder-{who}", AppFactory.Password);
        var token = (await browser.ReadAsync("/desk")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? throw new InvalidOperationException("No form on the desk.");
        return new(who, roles, browser, api, token);
    }

    private IEnumerable<(string Method, string Pattern)> Endpoints() =>
        from endpoint in office.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/')
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
        from method in methods is { Count: > 0 } ? methods : pattern.StartsWith("/api", StringComparison.Ordinal) ? ["GET"] : (IReadOnlyList<string>)["GET", "POST"]
        where method is "GET" or "POST" or "PUT" or "DELETE"
        select (method, pattern);

    /// <summary>Those with an id of something; an expert's token is its own key and is tried elsewhere.</summary>
    private IEnumerable<(string Method, string Pattern)> Addresses() => Endpoints().Distinct()
        .Where(e => IdName().IsMatch(e.Pattern) && !e.Pattern.Contains("{token", StringComparison.Ordinal) && !e.Pattern.Contains("{*", StringComparison.Ordinal));

    private static IEnumerable<(string There, string Nowhere)> Filled(string pattern, Owned owned)
    {
        var fixedParts = Regex.Replace(pattern, @"\{(?<name>command|kind|version|year|list|documentName)[^}]*\}", part => part.Groups["name"].Value switch
        {
            "command" => "acceptMatter", "kind" => "opinion", "version" => "1", "year" => "2026", "list" => "todo", _ => "v1",
        }, RegexOptions.None, TimeSpan.FromSeconds(1));
        var ids = fixedParts.Contains("{id", StringComparison.Ordinal) || fixedParts.Contains("{invitation", StringComparison.Ordinal) ? owned.Ids.Select(id => id.ToString()) : [""];
        foreach (var id in ids)
            yield return (Put(fixedParts, owned.Number, owned.BankNumber, id), Put(fixedParts, MissingNumber, "ZJ9999", Missing));
    }

    private static string Put(string pattern, string number, string bankNumber, string id) =>
        Regex.Replace(pattern, @"\{(?<name>\w+)[^}]*\}", part => part.Groups["name"].Value switch { "number" => number, "bankNumber" => bankNumber, _ => id }, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<(int Status, string Body)> AskAsync(string method, string address, Intruder intruder)
    {
        using var request = new HttpRequestMessage(new(method), address);
        var client = intruder.Browser.Client;
        if (address.StartsWith("/api", StringComparison.Ordinal))
        {
            client = intruder.Api.Client;
            if (method != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }
        else if (method != "GET")
        {
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", intruder.Token)]);
        }

        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        foreach (var part in address.Split('/', '?').Where(part => part.Length > 5)) body = body.Replace(part, "X", StringComparison.Ordinal);
        return ((int)answer.StatusCode, Changing().Replace(body, ""));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.Contains("spreadsheet", StringComparison.Ordinal) != true) return await answer.Content.ReadAsStringAsync();
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{(?:id|number|bankNumber|invitation)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdName();

    /// <summary>What differs between two answers to the same question: traces and tokens of forms.</summary>
    [GeneratedRegex(@"""traceId"":""[^""]*""|name=""__RequestVerificationToken""[^>]*>|/error\?trace=\w+|[0-9a-f]{32}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Changing();

    private sealed record Intruder(string Who, IReadOnlyList<Role> Roles, Browser Browser, ApiCaller Api, string Token) : IDisposable
    {
        public void Dispose()
        {
            Browser.Dispose();
            Api.Dispose();
        }
    }

    private sealed record Owned(string Number, string BankNumber, string ExpertName, IReadOnlyList<Guid> Ids);
}
