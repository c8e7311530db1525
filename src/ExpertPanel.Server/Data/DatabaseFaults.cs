using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExpertPanel.Server.Data;

/// <summary>Reads what a database error means; provider names stay in this folder.</summary>
public static class DatabaseFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteFull = 13;
    private const int SqliteConstraint = 19;

    /// <summary>Another writer was first: a unique key, a serialisation failure, a deadlock. Worth another try.</summary>
    public static bool IsRace(DbUpdateException error) => error.InnerException switch
    {
        PostgresException p => p.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        SqliteException s => s.SqliteErrorCode is SqliteConstraint or SqliteBusy,
        _ => false,
    };

    /// <summary>The database can't take a write now (locked, full, gone): nothing was saved, and the user is told so.</summary>
    public static bool IsUnavailable(Exception error) => error switch
    {
        SqliteException s => s.SqliteErrorCode is SqliteBusy or SqliteFull or 8 or 10 or 14,
        PostgresException p => p.SqlState.StartsWith("53", StringComparison.Ordinal) || p.SqlState.StartsWith("57", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => error.InnerException is { } inner && IsUnavailable(inner),
    };
}
