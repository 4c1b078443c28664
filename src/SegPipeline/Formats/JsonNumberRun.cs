using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Formats;

/// <summary>
/// Numbers of a list that are read eight at a time. Those of at most eight characters without a sign, which most
/// coordinates are, take a 64-bit lane each: the point is taken out, and neighbouring digits are put together three
/// times.
/// </summary>
/// <remarks>Up to 15 digits are exact in a double, and one division by a power of ten rounds once (Clinger, "How to
/// read floating point numbers accurately", PLDI 1990).</remarks>
internal static class JsonNumberRun
{
    /// <summary>How many numbers are read by a call at most: so many that a word lies in the cache when it is read, and
    /// not on its way there, which a wider register would wait for.</summary>
    public const int Most = 32;

    private const ulong Zeros = 0x3030303030303030, Carries = 0x7676767676767676, Tops = 0x8080808080808080;
    private const int Point = '.' ^ '0', WordBits = 64, LastByte = 56;

    /// <summary>The characters of a number, less '0' each, in the upper bytes of a word; one that is not plain for a
    /// number of no character or more than eight.</summary>
    /// <param name="list">The list, of eight bytes or more.</param>
    /// <param name="start">Where in it the number begins.</param>
    /// <param name="end">Where it ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ReadOnlySpan<byte> list, int start, int end)
    {
        int length = end - start;
        if ((uint)(length - 1) >= sizeof(ulong)) return ulong.MaxValue;
        int before = WordBits - 8 * length;
        ulong word = end >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(list[(end - sizeof(ulong))..])
            : BinaryPrimitives.ReadUInt64LittleEndian(list) << (WordBits - 8 * end);
        return (word ^ Zeros) >> before << before;
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="list">The list.</param>
    /// <param name="words">Their characters, in <see cref="Most"/> words; those behind them are overwritten.</param>
    /// <param name="places">Where they begin and end.</param>
    /// <param name="numbers">Gets the numbers.</param>
    /// <returns>How many were read before the first that is none, or has blanks around it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> list, Span<ulong> words,
        ReadOnlySpan<(int Start, int End)> places, Span<double> numbers)
    {
        words[places.Length..].Clear();
        for (int first = 0; first < places.Length; first += Vector512<ulong>.Count)
        {
            ReadOnlySpan<(int Start, int End)> some =
                places.Slice(first, Math.Min(places.Length - first, Vector512<ulong>.Count));
            int read = ReadSome(list, words[first..], some, numbers.Slice(first, some.Length));
            if (read < some.Length) return first + read;
        }

        return places.Length;
    }

    private static int ReadSome(ReadOnlySpan<byte> list, ReadOnlySpan<ulong> words,
        ReadOnlySpan<(int Start, int End)> places, Span<double> numbers)
    {
        if (TryReadPlain(words, out Vector512<double> values)) return Store(values, numbers);
        for (int i = 0; i < places.Length; i++)
            if (!JsonNumber.TryRead(list[places[i].Start..places[i].End], out numbers[i])) return i;
        return places.Length;
    }

    private static int Store(Vector512<double> values, Span<double> numbers)
    {
        if (values.TryCopyTo(numbers)) return Vector512<double>.Count;
        for (int i = 0; i < numbers.Length; i++) numbers[i] = values[i];
        return numbers.Length;
    }

    /// <summary>Reads eight numbers that are digits with at most one point among them, not at their end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadPlain(ReadOnlySpan<ulong> words, out Vector512<double> numbers)
    {
        Vector512<ulong> digits = Vector512.Create(words), one = Vector512<ulong>.One;
        Vector512<ulong> end = Vector512.Create(1UL << LastByte);
        // The top bit of every byte that is no digit; of a plain number that is the point, if it has one.
        Vector512<ulong> others = ((digits & Vector512.Create(~Tops)) + Vector512.Create(Carries) | digits) &
            Vector512.Create(Tops);
        Vector512<ulong> low = others >>> 7, field = (low << 8) - low;
        Vector512<ulong> faults = (others & (others - one)) | ((digits & field) ^ low * Point) |
            Vector512.Equals(low, end);
        numbers = default;
        if (faults != Vector512<ulong>.Zero) return false;
        Vector512<ulong> isWhole = Vector512.Equals(low, Vector512<ulong>.Zero), before = low - one;
        digits = Vector512.ConditionalSelect(isWhole, digits, (digits & before) << 8 | digits & ~(before | field));
        numbers = Value(digits) / PowerOfTen(Vector512.ConditionalSelect(isWhole, end, low));
        return true;
    }

    /// <summary>The number of the eight digits in each lane, the first in its lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Value(Vector512<ulong> digits)
    {
        Vector512<uint> pairs = ((digits.AsUInt16() & Vector512.Create<ushort>(0xFF)) * 10 +
            (digits.AsUInt16() >>> 8)).AsUInt32();
        Vector512<ulong> fours = ((pairs & Vector512.Create<uint>(0xFFFF)) * 100 + (pairs >>> 16)).AsUInt64();
        // As 32-bit numbers, whose products a register has room for.
        Vector512<ulong> upper = ((fours & Vector512.Create<ulong>(uint.MaxValue)).AsUInt32() * 10_000).AsUInt64();
        return Vector512.ConvertToDouble((upper + (fours >>> 32)).AsInt64());
    }

    /// <summary>What to divide by for a point at a byte, told by its lowest bit; as a double, its exponent tells the
    /// byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTen(Vector512<ulong> point)
    {
        const int fraction = 52, bias = 1023;
        Vector512<long> exponent = Vector512.ConvertToDouble(point.AsInt64()).AsInt64() >>> fraction;
        return Vector512.ShuffleNative(Vector512.Create(1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1e0),
            (exponent - Vector512.Create<long>(bias)) >>> 3);
    }
}
