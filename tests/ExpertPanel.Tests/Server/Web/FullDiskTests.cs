using System.Data.Common;
using System.Net;
using ExpertPanel.Server.Data;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

/// <summary>No room or no turn: the caller is told that nothing was saved, and nothing was; what was acknowledged stays.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"full-{Guid.CreateVersion7():N}.db");

    private AppFactory app = null!; // Set before any test by InitializeAsync.

    public async ValueTask InitializeAsync() =>
        app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Database:ConnectionString"] = $"Data Source={file};Default Timeout=1" });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }) File.Delete(part);
    }

    [Fact]
    public async Task A_full_disk_refuses_with_503_keeps_what_was_acknowledged_and_the_same_key_acts_later()
    {
        using var clerk = await ApiCaller.OfAsync(app, "clerk", [Role.RegistryClerk]);
        Assert.Equal(HttpStatusCode.Created, (await clerk.PostAsync("/matters", ApiBodies.Registration(), "first")).StatusCode);
        await SayToWriterAsync("PRAGMA max_page_count = 1"); // Not below what there is: full as it stands.

        var body = ApiBodies.Registration("写不下的事项");
        body["parties"] = Enumerable.Range(0, 400).Select(i => $"示例当事人{i:000}".PadRight(100, '甲')).ToArray();
        for (var again = 0; again < 3; again++)
        {
            var problem = await ApiCaller.ProblemAsync(await clerk.PostAsync("/matters", body, "second"), HttpStatusCode.ServiceUnavailable);
            Assert.DoesNotContain("SQLite", problem.GetRawText(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(1, await MattersAsync());
        await SayToWriterAsync("PRAGMA max_page_count = 1073741823");
        Assert.Equal(HttpStatusCode.Created, (await clerk.PostAsync("/matters", body, "second")).StatusCode);
        Assert.Equal(2, await MattersAsync());
        await using var db = app.Database();
        Assert.Equal(["0001", "0002"], (await db.Matters.Select(m => m.Number).ToListAsync()).Select(n => n[^4..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_locked_database_gives_an_error_page_after_a_bounded_wait_and_the_form_acts_later()
    {
        using var clerk = await app.SignInAsync("clerk", Role.RegistryClerk);
        var page = await clerk.ReadAsync("/matters/register");
        var fields = Pages.Forms.Filled(Pages.Forms.Form(page, "registerMatter"), ("Title", "关于示例办法的请示"), ("Type", "LegalInstrument"), ("SponsoringUnit", "示例省环保厅"), ("ContactName", "联系人"));
        var form = await fields.ReadAsStringAsync();

        await using (var other = app.Database())
        {
            await other.Database.OpenConnectionAsync();
            await other.Database.ExecuteSqlAsync($"BEGIN IMMEDIATE");
            var answer = await PostAsync(clerk, form);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("编号：", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await other.Database.ExecuteSqlAsync($"ROLLBACK");
        }

        Assert.Equal(0, await MattersAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(clerk, form)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(clerk, form)).StatusCode);
        Assert.Equal(1, await MattersAsync());
    }

    private static Task<HttpResponseMessage> PostAsync(Browser browser, string form) =>
        browser.Client.PostAsync("/matters/register", new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));

    private async Task<int> MattersAsync()
    {
        await using var db = app.Database();
        return await db.Matters.CountAsync();
    }

    /// <summary>The limit belongs to a connection; all steps are written by the one that stays open.</summary>
    private async Task SayToWriterAsync(string pragma)
    {
        var databases = app.Services.GetRequiredService<PanelDbFactory>();
        using var turn = await databases.Gate.EnterAsync(CancellationToken.None);
        await using var writer = await databases.CreateWriterAsync(app.TenantId, CancellationToken.None);
        await using DbCommand command = writer.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The test's own constants.
        command.CommandText = pragma;
#pragma warning restore CA2100
        await command.ExecuteScalarAsync();
    }
}
