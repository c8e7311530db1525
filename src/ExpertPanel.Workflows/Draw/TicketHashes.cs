using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace ExpertPanel.Workflows.Draw;

/// <summary>
/// The first eight bytes of HMAC-SHA256 for very many short messages under one key. The library spends most of its time on
/// setting up each call, and an expert holds many tickets: eight messages at once, one in each lane of a vector, make a large
/// draw about six times as fast. Tests hold it to the library's result.
/// </summary>
internal sealed class TicketHashes
{
    public const int Lanes = 8;

    /// <summary>A message fits one block behind the key's block: one byte ends it and eight give its length.</summary>
    public const int LongestMessage = BlockBytes - 9;

    private const int BlockBytes = 64;
    private const int Words = 16;

    // FIPS 180-4: the first 32 bits of the fractional parts of the square roots of the first 8 primes (the state at the start)
    // and of the cube roots of the first 64 primes (one for each round).
    private static readonly uint[] Start =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static readonly uint[] Rounds =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly Vector256<uint>[] _inner;
    private readonly Vector256<uint>[] _outer;
    private readonly Vector256<uint>[] _state = new Vector256<uint>[8];
    private readonly Vector256<uint>[] _words = new Vector256<uint>[Rounds.Length];
    private readonly byte[] _blocks = new byte[Lanes * BlockBytes];

    public TicketHashes(ReadOnlySpan<byte> key)
    {
        if (key.Length > BlockBytes)
            throw new ArgumentException("A seed has 32 bytes.", nameof(key));
        _inner = AfterKey(key, 0x36);
        _outer = AfterKey(key, 0x5c);
    }

    /// <summary>Elsewhere than on processors with vectors of 256 bits the library is faster.</summary>
    public static bool IsFaster => Vector256.IsHardwareAccelerated;

    public void SetMessage(int lane, ReadOnlySpan<byte> message)
    {
        var block = _blocks.AsSpan(lane * BlockBytes, BlockBytes);
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(block[^8..], (ulong)(BlockBytes + message.Length) * 8);
    }

    /// <summary>The number of each lane's message.</summary>
    public void Hash(Span<ulong> numbers)
    {
        for (var word = 0; word < Words; word++)
            _words[word] = Gather(word * sizeof(uint));
        _inner.CopyTo(_state, 0);
        Compress(_state, _words);

        // The outer hash is over the inner one's 32 bytes, behind the key's block.
        _state.CopyTo(_words, 0);
        _words.AsSpan(8, Words - 8).Clear();
        _words[8] = Vector256.Create(0x80000000u);
        _words[Words - 1] = Vector256.Create((uint)(BlockBytes + SHA256.HashSizeInBytes) * 8);
        _outer.CopyTo(_state, 0);
        Compress(_state, _words);
        for (var lane = 0; lane < Lanes; lane++)
            numbers[lane] = ((ulong)_state[0][lane] << 32) | _state[1][lane];
    }

    private Vector256<uint> Gather(int at) => Vector256.Create(
        WordOf(0, at), WordOf(1, at), WordOf(2, at), WordOf(3, at), WordOf(4, at), WordOf(5, at), WordOf(6, at), WordOf(7, at));

    private uint WordOf(int lane, int at) => BinaryPrimitives.ReadUInt32BigEndian(_blocks.AsSpan((lane * BlockBytes) + at));

    private static Vector256<uint>[] AfterKey(ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
            block[i] ^= key[i];
        var words = new Vector256<uint>[Rounds.Length];
        for (var word = 0; word < Words; word++)
            words[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(block[(word * sizeof(uint))..]));
        Vector256<uint>[] state = [.. Start.Select(Vector256.Create)];
        Compress(state, words);
        return state;
    }

    /// <summary>FIPS 180-4, section 6.2.2, in each lane. Eight rounds stand in a row, so that no value moves from one name to the next.</summary>
    private static void Compress(Vector256<uint>[] state, Vector256<uint>[] words)
    {
        Schedule(words);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var t = 0; t < Rounds.Length; t += 8)
        {
            var w = words.AsSpan(t, 8);
            var k = Rounds.AsSpan(t, 8);
            Round(a, b, c, ref d, e, f, g, ref h, w[0], k[0]);
            Round(h, a, b, ref c, d, e, f, ref g, w[1], k[1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[2], k[2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[3], k[3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[4], k[4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[5], k[5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[6], k[6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[7], k[7]);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static void Schedule(Span<Vector256<uint>> words)
    {
        for (var t = Words; t < words.Length; t++)
        {
            var (w2, w15) = (words[t - 2], words[t - 15]);
            words[t] = (Turn(w2, 17) ^ Turn(w2, 19) ^ (w2 >>> 10)) + words[t - 7]
                + (Turn(w15, 7) ^ Turn(w15, 18) ^ (w15 >>> 3)) + words[t - 16];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> word, uint constant)
    {
        var choice = ((f ^ g) & e) ^ g;
        var majority = ((a | b) & c) | (a & b);
        var first = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + choice + (Vector256.Create(constant) + word);
        d += first;
        h = first + (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + majority;
    }

    /// <summary>To the right; in one instruction where the processor has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn(Vector256<uint> word, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(word, bits) : (word >>> bits) | (word << (32 - bits));
}
