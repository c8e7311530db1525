using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>The secret of a draw that is not made yet is nowhere in the database that somebody could read it.</summary>
public sealed class DrawSecretTests
{
    private static readonly Guid Draw = Guid.CreateVersion7();

    [Fact]
    public async Task Before_the_draw_the_whole_database_does_not_hold_the_secret_and_after_it_the_transcript_does()
    {
        await using var panel = await TestPanel.CreateAsync();
        var matter = await Stage.DrawingAsync(panel);
        var drawId = matter.Panel?.DrawId ?? default;
        var sealedInput = await InputAsync(panel, drawId);
        Assert.Contains("\"secret\":\"sealed:", sealedInput, StringComparison.Ordinal);
        var secret = DrawInputReader.ReadBeforeBeacon(panel.Get<DrawSecrets>().Open(drawId, sealedInput)).Input?.Secret ?? "";
        Assert.Equal(matter.Panel?.SecretHash, Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(secret))));
        Assert.DoesNotContain(secret, await DumpAsync(panel), StringComparison.Ordinal);

        await Stage.DrawnAsync(panel, matter);

        await using var db = panel.Open();
        var transcript = await db.Draws.Where(d => d.Id == drawId).Select(d => d.Transcript).SingleAsync();
        Assert.Equal(secret, DrawTranscript.FromJson(transcript ?? "").Input.Secret);
        Assert.True(DrawVerification.Verify(transcript ?? "").IsVerified);
        Assert.Contains(secret, await DumpAsync(panel), StringComparison.Ordinal); // the control: a dump does find it
    }

    [Fact]
    public async Task The_seal_of_one_draw_opens_for_no_other_and_such_evidence_is_refused_as_changed()
    {
        await using var panel = await TestPanel.CreateAsync();
        var (one, other) = (await Stage.AwaitingLastShareAsync(panel), await Stage.AwaitingLastShareAsync(panel));
        await using (var db = panel.Open())
        {
            var rows = await db.Draws.ToListAsync();
            var theirs = rows.Single(d => d.Id == other.Panel?.DrawId);
            theirs.Input = rows.Single(d => d.Id == one.Panel?.DrawId).Input;
            await db.SaveChangesAsync();
        }

        var after = await panel.MustAsync(other.Id, Shares.Acts(other, People.Secretariat, People.Auditor)[^1].Command, People.Secretariat);

        Assert.Equal(("drawing", null), (after.Stage, after.Panel?.Seed));
        var refused = await panel.RunAsync(other.Id, new DrawPanel(), People.Secretariat);
        Assert.Equal("draw.evidence-changed", refused.Refusal?.Code);
    }

    [Fact]
    public void What_is_sealed_comes_back_to_the_byte_and_twice_sealed_looks_different()
    {
        var text = $$"""{"matter":{"title":"{{new string('a', 64)}}"},"secret":"{{new string('a', 64)}}"}""";
        var secrets = With(1);
        var box = secrets.Seal(Draw, text);
        Assert.Contains($"\"title\":\"{new string('a', 64)}\"", box, StringComparison.Ordinal);
        Assert.NotEqual(box, secrets.Seal(Draw, text));
        Assert.Equal(text, secrets.Open(Draw, box));
        Assert.Equal(text, secrets.Open(Draw, text)); // of before secrets were sealed
        Assert.Equal(box, With(2).Open(Draw, box));
        Assert.Equal(box, secrets.Open(Guid.CreateVersion7(), box));
        foreach (var broken in new[] { "sealed:", "sealed:AAAA", "sealed:?" })
            Assert.Contains(broken, secrets.Open(Draw, $$"""{"secret":"{{broken}}"}"""), StringComparison.Ordinal);
    }

    private static DrawSecrets With(byte key) => new(new ReplyTokens([.. Enumerable.Repeat(key, 32)]), NullLogger<DrawSecrets>.Instance);

    private static async Task<string> InputAsync(TestPanel panel, Guid drawId)
    {
        await using var db = panel.Open();
        return await db.Draws.Where(d => d.Id == drawId).Select(d => d.Input).SingleAsync();
    }

    /// <summary>Every text and blob of every table.</summary>
    private static async Task<string> DumpAsync(TestPanel panel)
    {
        await using var db = panel.Open();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await connection.OpenAsync();
        var dump = new StringBuilder();
        List<string> tables = [];
        await using (var list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
            await using var names = await list.ExecuteReaderAsync();
            while (await names.ReadAsync()) tables.Add(names.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var all = connection.CreateCommand();
            all.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await all.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                    dump.AppendLine(rows.GetValue(column) is byte[] blob ? Encoding.Latin1.GetString(blob) : Convert.ToString(rows.GetValue(column), System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return dump.ToString();
    }
}
