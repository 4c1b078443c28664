using System.Numerics;

namespace SegPipeline.Formats;

/// <summary>
/// Checks <c>true</c>, <c>false</c> and <c>null</c>, also where they go across the end of a block. <c>NaN</c>,
/// <c>Infinity</c> and <c>-Infinity</c>, which Python writes though JSON has no such numbers, are found and told apart.
/// </summary>
internal struct JsonLiterals
{
    private const int NotNumbersFrom = 16;

    private int _at;

    private static ReadOnlySpan<byte> Words => "true\0false\0null\0NaN\0Infinity\0"u8;

    /// <summary>Not 0 when the next block begins inside or right behind a literal.</summary>
    public ulong Open { get; private set; }

    /// <summary>Matches the literals of a block.</summary>
    /// <param name="block">The 64 bytes.</param>
    /// <param name="starts">First bytes of scalars.</param>
    /// <param name="behindMinus">Bytes right behind the minus that begins a scalar.</param>
    /// <param name="letters">Bytes that no number has.</param>
    /// <param name="scalars">All bytes of scalars.</param>
    public LiteralMasks Match(
        ReadOnlySpan<byte> block, ulong starts, ulong behindMinus, ulong letters, ulong scalars)
    {
        ulong literals = 0, faults = 0, notNumbers = 0;
        if (Open != 0) Compare(block, 0, scalars, ref literals, ref faults);
        for (ulong left = (starts | behindMinus) & letters; left != 0; left &= left - 1)
        {
            int at = BitOperations.TrailingZeroCount(left);
            ulong bit = left & (0 - left);
            _at = WordOf(block[at], (behindMinus & bit) != 0);
            if (_at < 0)
            {
                faults |= bit;
                break;
            }

            if (_at >= NotNumbersFrom) notNumbers |= bit;
            Compare(block, at, scalars, ref literals, ref faults);
        }

        return new LiteralMasks(literals, notNumbers, faults | (letters & ~literals));
    }

    private static int WordOf(byte first, bool isBehindMinus) => first switch
    {
        (byte)'I' => 20,
        _ when isBehindMinus => -1,
        (byte)'t' => 0,
        (byte)'f' => 5,
        (byte)'n' => 11,
        (byte)'N' => NotNumbersFrom,
        _ => -1,
    };

    private void Compare(ReadOnlySpan<byte> block, int at, ulong scalars, ref ulong literals, ref ulong faults)
    {
        Open = 0;
        for (; at < block.Length; at++, _at++)
        {
            byte expected = Words[_at];
            if (expected == 0)
            {
                faults |= scalars & (1UL << at);
                return;
            }

            if (block[at] != expected)
            {
                faults |= 1UL << at;
                return;
            }

            literals |= 1UL << at;
        }

        Open = 1;
    }
}

/// <summary>The literals of a block.</summary>
/// <param name="Bytes">All their bytes.</param>
/// <param name="NotNumbers">First letters of NaN and Infinity.</param>
/// <param name="Faults">Bytes that are wrong.</param>
internal readonly record struct LiteralMasks(ulong Bytes, ulong NotNumbers, ulong Faults);
