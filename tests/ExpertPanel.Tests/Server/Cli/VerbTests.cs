using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ExpertPanel.Workflows.Matters;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

[Collection(VerbCollection.Name)]
public sealed class VerbTests(SeededFile file)
{
    [Fact]
    public async Task Migrating_again_applies_nothing() =>
        Assert.Empty((await VerbRun.MustAsync("migrate", "--json", "--db", file.Database)).Json.GetProperty("applied").EnumerateArray());

    /// <summary><c>dotnet run -- VERB</c> takes Development from the launch profile, where every service is checked at the start.</summary>
    [Fact]
    public async Task Verbs_run_in_Development_too()
    {
        const string Name = "ASPNETCORE_ENVIRONMENT";
        var before = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, "Development");
        try
        {
            Assert.NotEmpty((await VerbRun.MustAsync("migrate", "--json", "--db", $"Data Source={file.In("development.db")}")).Json.GetProperty("applied").EnumerateArray());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, before);
        }
    }

    [Fact]
    public async Task Seeding_prints_the_password_once()
    {
        var again = (await VerbRun.MustAsync("seed", "demo", "--json", "--db", file.Database)).Json;

        Assert.Equal(19, file.Seeded.Json.GetProperty("password").GetString()?.Length);
        Assert.Equal(JsonValueKind.Null, again.GetProperty("password").ValueKind);
        Assert.Equal(15, again.GetProperty("accounts").GetArrayLength());
    }

    [Fact]
    public async Task A_committee_comes_into_service_and_gets_its_three_administrators()
    {
        await VerbRun.RefusedAsync("create-admin", "--name", "兰州管理员", "--committee", "620100", "--db", file.Database);
        await VerbRun.MustAsync("seed", "committee", "--committee", "620100", "--db", file.Database);
        foreach (var role in new[] { "system", "security", "audit" })
        {
            var made = (await VerbRun.MustAsync("create-admin", "--name", "兰州" + role, "--committee", "620100", "--role", role, "--json", "--db", file.Database)).Json;
            Assert.Equal(19, made.GetProperty("password").GetString()?.Length);
        }

        Assert.Contains("兰州system", await VerbRun.RefusedAsync("create-admin", "--name", "兰州system", "--committee", "620100", "--db", file.Database), StringComparison.Ordinal);
        using var databases = file.Open();
        await using var db = databases.Create(Guid.Empty);
        var users = await db.Users.Where(u => u.UserName!.StartsWith("兰州")).ToListAsync();
        Assert.All(users, u => Assert.True(u.MustChangePassword && u.Roles.Count == 1));
        Assert.Equal(3, users.SelectMany(u => u.Roles).Distinct().Count());
    }

    [Fact]
    public async Task An_edited_row_is_named_also_in_a_copy_which_stays_untouched()
    {
        var backup = file.In("audit.db");
        await VerbRun.MustAsync("backup", backup, "--db", file.Database);
        Assert.Equal("intact", (await VerbRun.MustAsync("verify-audit", "--json", "--from", backup)).Json.GetProperty("audit").GetString());
        var (stream, sequence) = await EditAsync(backup);
        var before = await HashAsync(backup);

        var run = await VerbRun.OfAsync("verify-audit", "--json", "--from", backup);
        var plain = await VerbRun.OfAsync("verify-audit", "--from", backup);

        Assert.Equal((4, 4), (run.Code, plain.Code));
        var fault = Assert.Single(run.Json.GetProperty("committees").EnumerateArray().SelectMany(c => c.GetProperty("faults").EnumerateArray()).ToList());
        Assert.Equal((stream, sequence, "row.edited"), (fault.GetProperty("stream").GetGuid(), fault.GetProperty("sequence").GetInt32(), fault.GetProperty("code").GetString()));
        Assert.Contains(stream.ToString(), plain.Output, StringComparison.Ordinal);
        Assert.Equal(before, await HashAsync(backup));
        Assert.Equal("intact", (await VerbRun.MustAsync("verify-audit", "--json", "--committee", "620000", "--db", file.Database)).Json.GetProperty("audit").GetString());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        var text = file.In("text.db");
        await File.WriteAllTextAsync(text, "not a database, but long enough to look at its first bytes");

        await VerbRun.RefusedAsync("verify-audit", "--from", text);
        await VerbRun.RefusedAsync("restore", text, "--db", $"Data Source={file.In("restored-text.db")}");
        Assert.False(File.Exists(file.In("restored-text.db")));
    }

    [Fact]
    public async Task The_report_counts_what_the_rows_say()
    {
        var year = TimeProvider.System.GetUtcNow().AddDays(-30).ToOffset(TimeSpan.FromHours(8)).Year.ToString(CultureInfo.InvariantCulture);

        var report = (await VerbRun.MustAsync("report", "--year", year, "--json", "--db", file.Database)).Json;

        Assert.Equal(("expertpanel.report/1", "620000"), (report.GetProperty("schema").GetString(), report.GetProperty("committee").GetString()));
        var figures = report.GetProperty("figures").EnumerateArray().ToDictionary(f => f.GetProperty("id").GetString() ?? "", f => f);
        Assert.Equal(370, figures["expert.bank"].GetProperty("value").GetInt32());
        Assert.Equal(17, figures["committee.province.members"].GetProperty("value").GetInt32());
        Assert.Equal(0, figures["committee.prefecture.coverage"].GetProperty("value").GetInt32());
        Assert.Equal(
            figures["matter.province.handled"].GetProperty("value").GetInt32(),
            Enum.GetNames<MatterType>().Sum(t => figures["matter.type." + JsonNamingPolicy.CamelCase.ConvertName(t)].GetProperty("value").GetInt32()));
        Assert.All(figures.Values, f =>
        {
            Assert.NotEqual("", f.GetProperty("definition").GetString());
            Assert.NotEqual("", f.GetProperty("rows").GetString());
        });
    }

    [Fact]
    public async Task Figures_that_the_speech_has_carry_its_names_and_no_other_is_filled_in()
    {
        using var speech = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seeds", "figures", "speech-2014.json")));
        var measures = speech.RootElement.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("measure").GetString()).ToHashSet();

        var report = (await VerbRun.MustAsync("report", "--year", "2014", "--json", "--db", file.Database)).Json;

        Assert.Equal(
            ["committee.prefecture.coverage", "committee.province.members", "expert.bank", "matter.province.handled"],
            report.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("id").GetString()).Where(measures.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_report_of_fairness_lists_every_specialty_and_expert()
    {
        string[] asked = ["report", "--year", TimeProvider.System.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture), "--of", "fairness", "--db", file.Database];
        var report = (await VerbRun.MustAsync([.. asked, "--json"])).Json;
        Assert.Equal(("expertpanel.fairness/1", "620000"), (report.GetProperty("schema").GetString(), report.GetProperty("committee").GetString()));
        Assert.Equal(370, report.GetProperty("experts").GetArrayLength());
        Assert.Equal(15, report.GetProperty("specialties").GetArrayLength());
        Assert.Contains("全库", (await VerbRun.MustAsync(asked)).Output, StringComparison.Ordinal);
        await VerbRun.RefusedAsync("report", "--year", "2026", "--of", "something", "--db", file.Database);
        await VerbRun.RefusedAsync("report", "--year", "2026", "--of", "fairness", "--format", "xlsx", "--output", file.In("x.xlsx"), "--db", file.Database);
    }

    [Fact]
    public async Task The_report_is_written_in_both_formats()
    {
        var name = file.In("report.json");

        await VerbRun.MustAsync("report", "--year", "2026", "--format", "json,xlsx", "--output", name, "--db", file.Database);

        Assert.Equal(2026, JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(name)).GetProperty("year").GetInt32());
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(file.In("report.xlsx")))[..2]);
        await VerbRun.RefusedAsync("report", "--year", "2026", "--output", "/nowhere/at/all.json", "--db", file.Database);
    }

    [Fact]
    public async Task A_backup_comes_back_whole_and_the_old_database_is_kept()
    {
        var (backup, target) = (file.In("whole.db"), file.In("elsewhere.db"));
        var made = (await VerbRun.MustAsync("backup", backup, "--json", "--db", file.Database)).Json;
        Assert.Equal(await HashAsync(backup), made.GetProperty("sha256").GetString());
        Assert.StartsWith(await HashAsync(backup), await File.ReadAllTextAsync(backup + ".sha256"), StringComparison.Ordinal);
        await VerbRun.RefusedAsync("backup", backup, "--db", file.Database);
        await VerbRun.MustAsync("migrate", "--db", $"Data Source={target}");

        var restored = (await VerbRun.MustAsync("restore", backup, "--json", "--db", $"Data Source={target}")).Json;

        Assert.True(File.Exists(restored.GetProperty("replaced").GetString()));
        var audit = (await VerbRun.MustAsync("verify-audit", "--json", "--db", $"Data Source={target}")).Json;
        Assert.True(audit.GetProperty("rows").GetInt32() > 400);
    }

    [Fact]
    public async Task A_backup_that_was_changed_afterwards_is_refused_and_changes_nothing()
    {
        var (backup, target) = (file.In("changed.db"), file.In("unchanged.db"));
        await VerbRun.MustAsync("backup", backup, "--db", file.Database);
        await using (var stream = new FileStream(backup, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(1);
        }

        Assert.Contains("sha256", await VerbRun.RefusedAsync("restore", backup, "--db", $"Data Source={target}"), StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Fact]
    public async Task A_database_in_use_is_not_replaced()
    {
        var (backup, target) = (file.In("in-use-backup.db"), file.In("in-use.db"));
        await VerbRun.MustAsync("backup", backup, "--db", file.Database);
        await VerbRun.MustAsync("migrate", "--db", $"Data Source={target}");
        await using var user = new SqliteConnection($"Data Source={target};Pooling=False");
        await user.OpenAsync();
        await using var reading = user.CreateCommand();
        reading.CommandText = "SELECT count(*) FROM committees";
        Assert.Equal(0L, await reading.ExecuteScalarAsync());

        Assert.Contains("in use", await VerbRun.RefusedAsync("restore", backup, "--db", $"Data Source={target}"), StringComparison.Ordinal);
        Assert.Equal(0L, await reading.ExecuteScalarAsync());
    }

    [Fact]
    public async Task PostgreSQL_tools_that_fail_say_why_in_one_line() =>
        Assert.StartsWith("pg_dump: ", await FailedDumpAsync(), StringComparison.Ordinal);

    private static async Task<string> FailedDumpAsync()
    {
        var copies = new ExpertPanel.Server.Data.PostgresCopies(new("Host=127.0.0.1;Port=1;Database=nowhere;Username=nobody;Password=nothing"));
        var refused = await Assert.ThrowsAsync<ExpertPanel.Server.Data.DatabaseCopyException>(() => copies.BackUpAsync(Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.dump"), CancellationToken.None));
        Assert.DoesNotContain('\n', refused.Message);
        return refused.Message;
    }

    private static async Task<(Guid Stream, int Sequence)> EditAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var find = connection.CreateCommand();
        find.CommandText = "SELECT StreamId, Sequence FROM history WHERE Command = 'acceptMatter' LIMIT 1";
        await using var row = await find.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        var (stream, sequence) = (row.GetGuid(0), row.GetInt32(1));
        await row.DisposeAsync();
        await using var edit = connection.CreateCommand();
        edit.CommandText = "UPDATE history SET ActorName = '改过' WHERE StreamId = (SELECT StreamId FROM history WHERE Command = 'acceptMatter' LIMIT 1) AND Sequence = $sequence";
        edit.Parameters.AddWithValue("$sequence", sequence);
        Assert.Equal(1, await edit.ExecuteNonQueryAsync());
        return (stream, sequence);
    }

    private static async Task<string> HashAsync(string name)
    {
        await using var stream = File.OpenRead(name);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }
}
