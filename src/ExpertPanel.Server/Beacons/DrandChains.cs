using ExpertPanel.Workflows.Beacons;

namespace ExpertPanel.Server.Beacons;

/// <summary>
/// The chains that travel with the program, and the one the office chose. A faulty file stops the start: a wrong moment of a round would
/// let a draw name a value that is known already.
/// </summary>
public sealed class DrandChains
{
    /// <param name="folder">Holds one <c>name.json</c> a chain.</param>
    /// <param name="choice">See <see cref="DrandOptions.Chain"/>.</param>
    /// <exception cref="InvalidDataException">A file can't be read as a chain, or the choice names none.</exception>
    public DrandChains(string folder, string? choice)
    {
        Known = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];
        if (!string.IsNullOrWhiteSpace(choice)) Chosen = Find(choice);
    }

    public IReadOnlyList<DrandChain> Known { get; }

    /// <summary>None where the office uses another beacon.</summary>
    public DrandChain? Chosen { get; }

    private DrandChain Find(string choice) =>
        Known.FirstOrDefault(c => c.BeaconId == choice || string.Equals(c.Hash, choice, StringComparison.OrdinalIgnoreCase))
        ?? (File.Exists(choice) ? Read(choice) : throw new InvalidDataException(
            $"'{choice}' is no chain; expected {string.Join(", ", Known.Select(c => c.BeaconId))}, a chain's hash, or a file of what a relay answers at /info"));

    private static DrandChain Read(string file)
    {
        // Not read whole before its size is known: the administrator may have named any file.
        if (new FileInfo(file).Length > DrandChainReader.MostCharacters)
            throw new InvalidDataException($"{file}: is longer than {DrandChainReader.MostCharacters} bytes; expected what a relay answers at /info");
        var reading = DrandChainReader.Read(File.ReadAllText(file));
        return reading.Chain ?? throw new InvalidDataException($"{file}: {string.Join("; ", reading.Faults)}");
    }
}
