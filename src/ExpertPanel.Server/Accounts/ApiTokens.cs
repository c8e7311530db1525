using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>A person's bearer tokens for the API: 256 bits, shown once, only their SHA-256 kept.</summary>
public sealed class ApiTokens(PanelDb db, RecordedChange change, TimeProvider clock)
{
    public const int LongestDays = 365;

    private const string Prefix = "ep_";

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The token itself, this once; null when somebody else changed the same at the same moment.</summary>
    public async Task<string?> CreateAsync(Actor actor, string name, int days, CancellationToken cancellationToken)
    {
        var token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var row = new ApiTokenRow
        {
            Id = Guid.CreateVersion7(),
            UserId = Guid.Parse(actor.Id),
            Name = name.Trim(),
            TokenHash = HashOf(token),
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow().AddDays(Math.Clamp(days, 1, LongestDays)),
        };
        var result = await change.RunAsync(actor, "createApiToken", new { row.Id, row.Name, row.ExpiresAt }, context => context.ApiTokens.Add(row), cancellationToken);
        return result.Succeeded ? token : null;
    }

    /// <summary>One's own tokens only.</summary>
    public async Task<bool> RevokeAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var me = Guid.Parse(actor.Id);
        if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id && t.UserId == me, cancellationToken) is not { } row) return false;
        if (row.RevokedAt is not null) return true;
        return (await change.RunAsync(actor, "revokeApiToken", new { id }, _ => row.RevokedAt = clock.GetUtcNow(), cancellationToken)).Succeeded;
    }
}
