using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExpertPanel.Server.Data;

/// <summary>
/// Runs what EF asks of SQLite's one writing connection by statements that are prepared once and kept as long as the connection: EF makes a new
/// command for every question, and SQLite would then parse and plan the same text thousands of times an hour. Who uses the connection holds
/// a turn of the <see cref="WriteGate"/>, so nothing here is asked by two at once.
/// </summary>
internal sealed class PreparedStatements : DbCommandInterceptor
{
    /// <summary>A list of values gives a text for each length; beyond this many all are forgotten and begun anew.</summary>
    private const int MostKept = 200;

    private readonly Dictionary<string, Kept> statements = new(StringComparer.Ordinal);

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        !result.HasResult && Prepared(command) is { } kept ? InterceptionResult<DbDataReader>.SuppressWithResult(kept.Reading = kept.Command.ExecuteReader()) : result;

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        !result.HasResult && Prepared(command) is { } kept ? InterceptionResult<int>.SuppressWithResult(kept.Command.ExecuteNonQuery()) : result;

    // SQLite has no asynchronous I/O to wait for.
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(ReaderExecuting(command, eventData, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(NonQueryExecuting(command, eventData, result));

    /// <returns>Null where the same statement is being read from just now, and for what writes bytes: a kept statement keeps its last values, be they a whole mail.</returns>
    private Kept? Prepared(DbCommand command)
    {
        for (var i = 0; i < command.Parameters.Count; i++)
            if (command.Parameters[i].Value is byte[]) return null;
        if (!statements.TryGetValue(command.CommandText, out var kept))
        {
            if (statements.Count == MostKept) Forget();
            statements[command.CommandText] = kept = new(Copy(command));
        }
        else if (kept.IsBeingRead || kept.Command.Parameters.Count != command.Parameters.Count)
        {
            return null;
        }

        for (var i = 0; i < command.Parameters.Count; i++) kept.Command.Parameters[i].Value = command.Parameters[i].Value;
        (kept.Command.Transaction, kept.Command.CommandTimeout) = (command.Transaction, command.CommandTimeout);
        return kept;
    }

    private void Forget()
    {
        foreach (var text in statements.Where(s => !s.Value.IsBeingRead).Select(s => s.Key).ToList())
            if (statements.Remove(text, out var old)) old.Command.Dispose();
    }

    private static DbCommand Copy(DbCommand command)
    {
        var copy = command.Connection?.CreateCommand() ?? throw new InvalidOperationException("A command without a connection.");
#pragma warning disable CA2100 // EF's own text; every value is a parameter.
        copy.CommandText = command.CommandText;
#pragma warning restore CA2100
        foreach (DbParameter given in command.Parameters)
        {
            var parameter = copy.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.IsNullable) = (given.ParameterName, given.DbType, given.IsNullable);
            copy.Parameters.Add(parameter);
        }

        return copy;
    }

    private sealed class Kept(DbCommand command)
    {
        public DbCommand Command => command;

        public DbDataReader? Reading { get; set; }

        public bool IsBeingRead => Reading is { IsClosed: false };
    }
}
