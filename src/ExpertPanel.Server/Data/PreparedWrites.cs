using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using ExpertPanel.Server.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExpertPanel.Server.Data;

/// <summary>
/// Writes a step's rows by statements made from the model's own mapping and prepared once a connection: a step commits several times as
/// fast as through the change tracker. The tenant is stamped and checked here as there.
/// </summary>
public static class PreparedWrites
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Type), Table> Tables = new();
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<(Type, UInt128, string?), DbCommand>> Prepared = [];

    /// <exception cref="DbUpdateException">The database refused the row; a unique key is a lost race.</exception>
    public static async Task InsertAsync<T>(PanelDb db, T row, CancellationToken ct) where T : class, ITenantOwned
    {
        Stamp(db, row);
        var table = TableOf<T>(db);
        var command = Command(db, (typeof(T), UInt128.MaxValue, null), () => table.InsertSql, table.Columns);
        for (var i = 0; i < table.Columns.Count; i++) command.Parameters[i].Value = table.Columns[i].ValueOf(row);
        await ExecuteAsync(command, ct);
    }

    /// <summary>
    /// Writes the columns in which <paramref name="row"/> differs from <paramref name="before"/>, where the columns of <paramref name="key"/> are still
    /// as before; where it differs in none, there is nothing to write. A type is always asked with the same key.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else was faster.</exception>
    public static async Task UpdateAsync<T>(PanelDb db, T row, T before, IReadOnlyList<string> key, CancellationToken ct) where T : class, ITenantOwned
    {
        Stamp(db, row);
        var table = TableOf<T>(db);
        var which = UInt128.Zero;
        for (var i = 0; i < table.Columns.Count; i++)
            if (!Equals(table.Columns[i].Get(row), table.Columns[i].Get(before))) which |= UInt128.One << i;

        if (which == UInt128.Zero) return;
        var (changed, held, all) = table.Plans.GetOrAdd(which, static (bits, given) => given.table.Split(bits, given.key), (table, key));
        var command = Command(db, (typeof(T), which, null), () => table.UpdateSql(changed, held), all);
        for (var i = 0; i < changed.Length; i++) command.Parameters[i].Value = changed[i].ValueOf(row);
        for (var i = 0; i < held.Length; i++) command.Parameters[changed.Length + i].Value = held[i].ValueOf(before);
        if (await ExecuteAsync(command, ct) != 1) throw new DbUpdateConcurrencyException($"The {typeof(T).Name} was changed meanwhile.");
    }

    /// <summary>Runs a statement on one type's table.</summary>
    /// <param name="name">One statement has one name.</param>
    /// <param name="sql">In words that both databases know; <c>@p0</c> and on are the values in their order. It must name the committee.</param>
    /// <param name="values">Each with the property by which it is written.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DbUpdateException">The database refused.</exception>
    internal static async Task<int> RunAsync<T>(PanelDb db, string name, Func<Table, string> sql, IReadOnlyList<(string Property, object Value)> values, CancellationToken ct)
        where T : class, ITenantOwned
    {
        var table = TableOf<T>(db);
        Column[] columns = [.. values.Select(v => table.Of(v.Property))];
        var command = Command(db, (typeof(T), UInt128.Zero, name), () => sql(table), columns);
        for (var i = 0; i < columns.Length; i++) command.Parameters[i].Value = columns[i].Written(values[i].Value);
        return await ExecuteAsync(command, ct);
    }

    private static async Task<int> ExecuteAsync(DbCommand command, CancellationToken ct)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
        catch (DbException error)
        {
            throw new DbUpdateException("The row was not written.", error);
        }
    }

    private static void Stamp(PanelDb db, ITenantOwned row)
    {
        if (row.TenantId == Guid.Empty) row.TenantId = db.TenantId;
        if (row.TenantId != db.TenantId || db.TenantId == Guid.Empty)
            throw new InvalidOperationException($"A {row.GetType().Name} of another committee can't be written here.");
    }

    private static Table TableOf<T>(PanelDb db) => Tables.GetOrAdd((db.Model, typeof(T)), static (key, db) => new Table(db, key.Type), db);

    private static DbCommand Command(PanelDb db, (Type, UInt128, string?) key, Func<string> sql, IReadOnlyList<Column> columns)
    {
        var connection = db.Database.GetDbConnection();
        var known = Prepared.GetValue(connection, static _ => []);
        if (!known.TryGetValue(key, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of the model's table and column names alone; every value is a parameter.
            command.CommandText = sql();
#pragma warning restore CA2100
            for (var i = 0; i < columns.Count; i++)
                command.Parameters.Add(columns[i].Mapping.CreateParameter(command, Name(i), null, nullable: true));
            known[key] = command;
        }

        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

    internal sealed record Column(string PropertyName, string Sql, RelationalTypeMapping Mapping, Func<object, object?> Get)
    {
        public object ValueOf(object row) => Get(row) is { } value ? Written(value) : DBNull.Value;

        public object Written(object value) => Mapping.Converter?.ConvertToProvider(value) ?? value;
    }

    internal sealed class Table
    {
        public Table(PanelDb db, Type type)
        {
            var entity = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not in the model.");
            var sql = ((IInfrastructure<IServiceProvider>)db.Database).Instance.GetRequiredService<ISqlGenerationHelper>();
            Name = sql.DelimitIdentifier(entity.GetTableName() ?? type.Name);
            Columns = [.. entity.GetProperties().Select(p => new Column(p.Name, sql.DelimitIdentifier(p.GetColumnName()), p.GetRelationalTypeMapping(), p.GetGetter().GetClrValue))];
            InsertSql = $"INSERT INTO {Name} ({string.Join(", ", Columns.Select(c => c.Sql))}) VALUES ({string.Join(", ", Columns.Select((_, i) => Name(i)))})";
        }

        /// <summary>A column's name as SQL has it.</summary>
        public string this[string property] => Of(property).Sql;

        public string Name { get; }

        public IReadOnlyList<Column> Columns { get; }

        public string InsertSql { get; }

        /// <summary>By the bits of the changed columns: these, and the columns by which the row is held.</summary>
        public ConcurrentDictionary<UInt128, (Column[] Changed, Column[] Held, Column[] All)> Plans { get; } = new();

        public (Column[] Changed, Column[] Held, Column[] All) Split(UInt128 which, IReadOnlyList<string> key)
        {
            Column[] changed = [.. Columns.Where((_, i) => (which >> i & UInt128.One) != UInt128.Zero)];
            Column[] held = [.. key.Select(Of), Of(nameof(ITenantOwned.TenantId))];
            return (changed, held, [.. changed, .. held]);
        }

        public Column Of(string property) => Columns.First(c => c.PropertyName == property);

        public string UpdateSql(Column[] changed, Column[] held) =>
            $"UPDATE {Name} SET {string.Join(", ", changed.Select((c, i) => $"{c.Sql} = {Name(i)}"))} " +
            $"WHERE {string.Join(" AND ", held.Select((c, i) => $"{c.Sql} = {Name(changed.Length + i)}"))}";
    }
}
