using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// The checksum of zlib streams (RFC 1950, 8.2): two sums modulo 65521, of the bytes and of the first sum after each
/// byte. 32 bytes a step: the second sum grows by 32 times the first and by each byte times its distance to the end.
/// </summary>
internal static class Adler32
{
    private const uint Modulus = 65521;
    private const int BlockBytes = 32;

    /// <summary>
    /// Blocks after which the sums are reduced, so that they fit 32 bits: the second grows by at most 4096 * 65520 of
    /// what the first was, 255 * 4096 * 4097 / 2 of the bytes, and 65520 that were there: 2.41e9.
    /// </summary>
    private const int BlocksPerReduction = 128;

    private static readonly Vector256<byte> Weights =
        Vector256.CreateSequence<byte>(BlockBytes, byte.MaxValue);

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint first = 1, second = 0;
        while (bytes.Length >= BlockBytes)
        {
            int blocks = Math.Min(bytes.Length / BlockBytes, BlocksPerReduction);
            AddBlocks(bytes[..(blocks * BlockBytes)], ref first, ref second);
            bytes = bytes[(blocks * BlockBytes)..];
        }
        foreach (byte value in bytes)
        {
            first += value;
            second += first;
        }
        return second % Modulus << 16 | first % Modulus;
    }

    private static void AddBlocks(ReadOnlySpan<byte> bytes, ref uint first, ref uint second)
    {
        Vector256<byte> weights = Weights;
        Vector256<uint> sums = default, sumsBefore = default, weighted = default;
        uint length = (uint)bytes.Length;
        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            var block = Vector256.Create(bytes);
            sumsBefore += sums;
            sums += Sum(block);
            weighted += Weigh(block, weights);
        }
        second += first * length + Vector256.Sum(weighted) + BlockBytes * Vector256.Sum(sumsBefore);
        first += Vector256.Sum(sums);
        first %= Modulus;
        second %= Modulus;
    }

    /// <summary>The sum of the bytes, spread over the lanes in any way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Sum(Vector256<byte> block)
    {
        if (Avx2.IsSupported) return Avx2.SumAbsoluteDifferences(block, Vector256<byte>.Zero).AsUInt32();
        (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(block);
        return AddPairs(low + high);
    }

    /// <summary>The sum of the bytes times their weights, spread over the lanes in any way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Weigh(Vector256<byte> block, Vector256<byte> weights)
    {
        if (Avx2.IsSupported)
            return Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(block, weights.AsSByte()), Vector256<short>.One).AsUInt32();
        (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(block);
        (Vector256<ushort> lowWeights, Vector256<ushort> highWeights) = Vector256.Widen(weights);
        return AddPairs(low * lowWeights + high * highWeights);
    }

    private static Vector256<uint> AddPairs(Vector256<ushort> values) =>
        (values.AsUInt32() & Vector256.Create(0xFFFFu)) + (values.AsUInt32() >> 16);
}
