using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// Nobody chooses the seed: the input and the secret are committed to before the beacon is known, and the beacon is public
/// and nobody's.
/// </summary>
internal static class DrawSeed
{
    private static readonly HashSet<string> NotHashed = new(["secret", "beacon"], StringComparer.Ordinal);

    public static byte[] InputHash(JsonElement input)
    {
        using var sink = new HashingWriter();
        CanonicalJson.WriteWithout(input, NotHashed, sink);
        return sink.Finish();
    }

    /// <summary>The hash of the secret's 32 bytes, not of their hex digits.</summary>
    public static byte[] SecretHash(string secret) => SHA256.HashData(Convert.FromHexString(secret));

    public static byte[] Seed(byte[] inputHash, string secret, string beaconValue) => SHA256.HashData(
    [
        .. "expertpanel/draw/1"u8,
        0x00,
        .. inputHash,
        .. Convert.FromHexString(secret),
        .. Convert.FromHexString(beaconValue),
    ]);

    /// <summary>Of a preview: in a domain of its own, so that no preview is ever the draw.</summary>
    public static byte[] PreviewSeed(byte[] inputHash, string chance) => SHA256.HashData([.. "expertpanel/draw-preview/1"u8, 0x00, .. inputHash, .. Convert.FromHexString(chance)]);

    /// <summary>Hashes what is written to it; the canonical text of a large pool is never held as a whole.</summary>
    private sealed class HashingWriter : IBufferWriter<byte>, IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] _buffer = new byte[64 * 1024];
        private int _written;

        public void Advance(int count) => _written += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            MakeRoom(sizeHint);
            return _buffer.AsMemory(_written);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            MakeRoom(sizeHint);
            return _buffer.AsSpan(_written);
        }

        public byte[] Finish()
        {
            Flush();
            return _hash.GetHashAndReset();
        }

        public void Dispose() => _hash.Dispose();

        private void MakeRoom(int sizeHint)
        {
            if (_buffer.Length - _written >= Math.Max(sizeHint, 1))
                return;
            Flush();
            if (_buffer.Length < sizeHint)
                _buffer = new byte[sizeHint];
        }

        private void Flush()
        {
            _hash.AppendData(_buffer, 0, _written);
            _written = 0;
        }
    }
}
