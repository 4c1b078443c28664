using System.Buffers;
using System.Numerics;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>A byte, or bytes repeated from a distance before.</summary>
/// <param name="Length">Number of bytes repeated, 3 or more; the byte itself when the distance is 0.</param>
/// <param name="Distance">How far back they stand; 0 for a byte.</param>
internal readonly record struct DeflateToken(int Length, int Distance);

/// <summary>The bytes and matches of one block, and how often each symbol will be needed for them.</summary>
internal ref struct DeflateTokens
{
    /// <summary>Most tokens of a block.</summary>
    public const int Capacity = 1 << 15;

    private static readonly byte[] LengthSymbols = MakeLengthSymbols();

    private readonly DeflateToken[] _tokens = ArrayPool<DeflateToken>.Shared.Rent(Capacity);
    private readonly int[] _literalCounts = new int[DeflateFormat.LiteralSymbols];
    private readonly int[] _distanceCounts = new int[DeflateFormat.DistanceSymbols];
    private int _count;

    /// <summary>No tokens yet.</summary>
    public DeflateTokens() => Clear();

    /// <summary>The tokens in order.</summary>
    public readonly ReadOnlySpan<DeflateToken> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>Whether there is room for no more.</summary>
    public readonly bool IsFull => _count == Capacity;

    /// <summary>How often each literal and length symbol is needed, the end of the block included.</summary>
    public readonly ReadOnlySpan<int> LiteralCounts => _literalCounts;

    /// <summary>How often each distance symbol is needed.</summary>
    public readonly ReadOnlySpan<int> DistanceCounts => _distanceCounts;

    /// <summary>Adds a byte.</summary>
    public void AddLiteral(byte value)
    {
        _tokens[_count++] = new DeflateToken(value, 0);
        _literalCounts[value]++;
    }

    /// <summary>Adds a match of any length from 3 up.</summary>
    public void AddMatch(int length, int distance)
    {
        _tokens[_count++] = new DeflateToken(length, distance);
        (int whole, int last, int beforeLast) = Cut(length);
        _literalCounts[LengthSymbol(DeflateFormat.MaxMatch)] += whole;
        if (beforeLast > 0) _literalCounts[LengthSymbol(beforeLast)]++;
        if (last > 0) _literalCounts[LengthSymbol(last)]++;
        _distanceCounts[DistanceSymbol(distance)] += whole + (beforeLast > 0 ? 1 : 0) + (last > 0 ? 1 : 0);
    }

    /// <summary>Forgets the tokens.</summary>
    public void Clear()
    {
        _count = 0;
        _literalCounts.AsSpan().Clear();
        _distanceCounts.AsSpan().Clear();
        _literalCounts[DeflateFormat.EndOfBlock] = 1;
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose() => ArrayPool<DeflateToken>.Shared.Return(_tokens);

    /// <summary>
    /// Cuts a match into matches that can be written: so many of 258 bytes and up to two shorter ones (0: none), since
    /// fewer than 3 bytes are no match.
    /// </summary>
    public static (int Whole, int Last, int BeforeLast) Cut(int length)
    {
        (int whole, int rest) = Math.DivRem(length, DeflateFormat.MaxMatch);
        if (rest == 0 || rest >= DeflateFormat.MinMatch) return (whole, rest, 0);
        return (whole - 1, DeflateFormat.MinMatch, DeflateFormat.MaxMatch + rest - DeflateFormat.MinMatch);
    }

    /// <summary>The symbol of a length from 3 to 258.</summary>
    public static int LengthSymbol(int length) => DeflateFormat.FirstLengthSymbol + LengthSymbols[length];

    /// <summary>The symbol of a distance from 1 to 32768: two for each power of two.</summary>
    public static int DistanceSymbol(int distance)
    {
        if (distance <= 2) return distance - 1;
        int power = BitOperations.Log2((uint)distance - 1);
        return 2 * power + (distance - 1 >> power - 1 & 1);
    }

    private static byte[] MakeLengthSymbols()
    {
        byte[] symbols = new byte[DeflateFormat.MaxMatch + 1];
        for (int i = 0; i < DeflateFormat.LengthStart.Length; i++)
            symbols.AsSpan(DeflateFormat.LengthStart[i]).Fill((byte)i);
        return symbols;
    }
}
