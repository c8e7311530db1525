using System.Security.Cryptography;

namespace ExpertPanel.Server.Data;

/// <summary>A copy that was made and checked.</summary>
public sealed record KeptCopy(string File, long Size, string Sha256);

/// <param name="Replaced">Where the database that stood there is kept now.</param>
public sealed record RestoredCopy(string File, string Sha256, string? Replaced);

/// <summary>Copies of the whole database, as each provider makes them.</summary>
public interface IDatabaseCopies
{
    /// <exception cref="DatabaseCopyException">The copy could not be made or is not sound.</exception>
    Task<KeptCopy> BackUpAsync(string file, CancellationToken ct);

    /// <exception cref="DatabaseCopyException">The file is no sound copy, or the database is in use.</exception>
    Task<RestoredCopy> RestoreAsync(string file, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Says what is wrong and what is expected; nothing was changed.</summary>
public sealed class DatabaseCopyException(string message) : Exception(message);

/// <summary>The SHA-256 beside a copy, in the form <c>sha256sum -c</c> reads.</summary>
internal static class CopySeal
{
    public static async Task<KeptCopy> WriteAsync(string file, CancellationToken ct)
    {
        var hash = await HashAsync(file, ct);
        await File.WriteAllTextAsync(SealOf(file), $"{hash}  {Path.GetFileName(file)}\n", ct);
        return new(Path.GetFullPath(file), new FileInfo(file).Length, hash);
    }

    /// <returns>The file's hash, which is the one beside it where one stands there.</returns>
    public static async Task<string> CheckAsync(string file, CancellationToken ct)
    {
        var hash = await HashAsync(file, ct);
        if (!File.Exists(SealOf(file))) return hash;
        var sealedHash = (await File.ReadAllTextAsync(SealOf(file), ct)).Split(' ')[0].Trim();
        return sealedHash == hash ? hash : throw new DatabaseCopyException($"{file}: is not the file that was backed up: its SHA-256 differs from {SealOf(file)}");
    }

    public static async Task<string> HashAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    private static string SealOf(string file) => file + ".sha256";
}
