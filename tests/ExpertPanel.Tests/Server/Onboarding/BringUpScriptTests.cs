using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Onboarding;

/// <summary>The script of the documents, as an operator runs it against the program in a process of its own, on a few places of the tables.</summary>
public sealed class BringUpScriptTests : IDisposable
{
    private const string Token = "ep_only-for-this-test";
    private const string Places = """
        { "places": [
            { "code": "620000", "name": "甘肃省", "level": "province", "parent": null },
            { "code": "620100", "name": "兰州市", "level": "prefecture", "parent": "620000" },
            { "code": "620200", "name": "嘉峪关市", "level": "prefecture", "parent": "620000" },
            { "code": "620102", "name": "城关区", "level": "county", "parent": "620100" }
          ],
          "former": [
            { "code": "620824", "name": "华亭县", "level": "county", "parent": "620800", "validTo": "2018" }
        ] }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("panel-bring-up-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_place_goes_live_and_done_again_it_changes_nothing()
    {
        await PrepareAsync();
        var address = $"http://127.0.0.1:{FreePort()}";
        using var program = Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "ExpertPanel.Server.dll"), "--urls", address], new() { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["AppData"] = folder });
        var said = Task.WhenAll(program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        var answers = new List<(int Code, string Said)>();
        try
        {
            await ServesAsync(address);
            for (var time = 0; time < 2; time++) answers.Add(await RunAsync(address));
        }
        finally
        {
            program.Kill();
        }

        var log = string.Join('\n', (await said).SelectMany(text => text.Split('\n')).Where(line => line.Contains("Exception", StringComparison.Ordinal)).Take(1));
        Assert.True(answers.TrueForAll(a => a.Code == 0), string.Join('\n', answers) + "\n" + log);
        Assert.Equal(["3 committees went live", "0 committees went live"], answers.Select(a => a.Said));

        using var databases = new PanelDbFactory(DatabaseTarget.File(Path.Combine(folder, "expertpanel.db")));
        await using var db = databases.Create(Guid.Empty);
        Assert.Equal(["620000", "620100", "620102", "620200"], await db.Committees.Where(c => c.Live).OrderBy(c => c.Code).Select(c => c.Code).ToListAsync());
        var county = await db.Committees.Where(c => c.Code == "620102").Select(c => c.Id).SingleAsync();
        await using var own = databases.Create(county);
        Assert.Equal((3, 2, 3), (await own.AccountInvitations.CountAsync(), await own.Rules.CountAsync(), await own.History.CountAsync()));
    }

    private async Task PrepareAsync()
    {
        await SqliteTemplate.CopyToAsync(Path.Combine(folder, "expertpanel.db"));
        await File.WriteAllTextAsync(Path.Combine(folder, "places.json"), Places);
        using var databases = new PanelDbFactory(DatabaseTarget.File(Path.Combine(folder, "expertpanel.db")));
        Guid province;
        await using (var anywhere = databases.Create(Guid.Empty))
        {
            await CommitteeSetup.AddPlacesAsync(anywhere, SeedFiles.BesideProgram, CancellationToken.None);
            province = await anywhere.Committees.Where(c => c.Code == "620000").Select(c => c.Id).SingleAsync();
        }

        await using var db = databases.Create(province);
        await CommitteeSetup.AdoptDefaultsAsync(db, await db.Committees.SingleAsync(c => c.Id == province), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        var user = new AppUser { Id = Guid.CreateVersion7(), TenantId = province, UserName = "admin", NormalizedUserName = "ADMIN", DisplayName = "系统管理员", Roles = [Role.SystemAdministrator], TwoFactorEnabled = true, SecurityStamp = "stamp" };
        db.Users.Add(user);
        db.ApiTokens.Add(new() { Id = Guid.CreateVersion7(), UserId = user.Id, Name = "script", TokenHash = ApiTokens.HashOf(Token), CreatedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue });
        await db.SaveChangesAsync();
    }

    private async Task<(int Code, string Said)> RunAsync(string address)
    {
        using var script = Start("bash", [Path.Combine(Repository(), "docs", "examples", "bring-up.sh"), Path.Combine(folder, "places.json")], new() { ["PANEL"] = address, ["TOKEN"] = Token });
        var (output, error) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return (script.ExitCode, (await output + await error).Trim());
    }

    private Process Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static async Task ServesAsync(string address)
    {
        using var client = new HttpClient();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(200))
        {
            try
            {
                if ((await client.GetAsync(address + "/healthz")).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        Assert.Fail("The program did not serve within two minutes.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "ExpertPanel.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("No ExpertPanel.sln above the tests.");
    }
}
