using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Importing;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Api;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExpertPanel.Tests.Server.Onboarding;

/// <summary>Founding a committee and importing its bank behind PostgreSQL's row-level security: each act speaks for one committee only.</summary>
public sealed class OnPostgresTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_city_is_founded_and_a_list_imported_filtered_and_taken_back()
    {
        var database = await postgres.CreateDatabaseAsync();
        try
        {
            await using var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Database:ConnectionString"] = database.ConnectionString });
            await using (var db = app.Database(Guid.Empty)) await CommitteeSetup.AddPlacesAsync(db, SeedFiles.BesideProgram, CancellationToken.None);
            using var province = await ApiCaller.OfAsync(app, "省系统管理员", [Role.SystemAdministrator, Role.Secretariat]);
            await province.MustAsync("/committees", new { code = "620100", administrators = FoundedAdministrators() });
            await province.MustAsync("/committees/620100/rules-approval", new { version = 1, decision = "决定" });
            var live = await province.MustAsync("/committees/620100/live", new { reason = "先行启用" });
            Assert.True(live.GetProperty("live").GetBoolean());

            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(Encoding.UTF8.GetBytes("姓名,工作单位,专业,邮箱\n甲,单位甲,行政法,a@example.test\n乙,单位乙,民商法,b@example.test\n丙,,民商法,c@example.test\n")), "file", "名单.csv" },
                { new StringContent("甘政发〔2014〕1号"), "approval" }, { new StringContent("2014-09-01"), "termFrom" }, { new StringContent("2030-08-31"), "termTo" },
            };
            var ordered = await (await province.Client.PostAsync(ApiCaller.Root + "/expert-imports", form)).Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(1, await app.Services.GetRequiredService<ImportRunner>().RunDueAsync(10, CancellationToken.None));
            await using var own = app.Database();
            var code = (await own.Experts.SingleAsync(e => e.Name == "乙")).Specialties.Single();
            Assert.Equal("乙", (await province.GetAsync($"/experts?specialty={code}")).GetProperty("items").EnumerateArray().Single().GetProperty("name").GetString());
            var undone = await province.MustAsync($"/expert-imports/{ordered.GetProperty("id").GetGuid()}/undo", new { reason = "名单有误" });
            Assert.Equal(0, undone.GetProperty("kept").GetArrayLength());
            Assert.Equal((0, 0), (await own.Experts.CountAsync(), await own.ExpertAddresses.CountAsync()));
        }
        finally
        {
            await database.DropAsync();
        }
    }

    private static object[] FoundedAdministrators() =>
    [
        new { role = "SystemAdministrator", userName = "pg-system", displayName = "系统甲", email = "system@city.test" },
        new { role = "SecurityAdministrator", userName = "pg-security", displayName = "安全乙", email = "security@city.test" },
        new { role = "AuditAdministrator", userName = "pg-audit", displayName = "审计丙", email = "audit@city.test" },
    ];
}
