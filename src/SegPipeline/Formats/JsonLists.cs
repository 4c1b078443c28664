using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Formats;

/// <summary>Reads flat lists of numbers.</summary>
internal static class JsonLists
{
    /// <summary>Reads a list of finite numbers.</summary>
    /// <param name="list">The list, from bracket to bracket.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="RecordFaultException">Something in it is no finite number (NOT_A_NUMBER).</exception>
    public static double[] ReadNumbers(ReadOnlySpan<byte> list, string what)
    {
        int at = SkipBlanks(list, 1);
        if (list[at] == ']') return [];
        double[] numbers = new double[list.Count((byte)',') + 1];
        for (int i = ReadBlocks(list, ref at, numbers); i < numbers.Length; i++)
        {
            at = SkipBlanks(list, at);
            if (!JsonNumber.TryReadPrefix(list[at..], out numbers[i], out int used)) throw NotANumber(list[at..], what);
            at = SkipBlanks(list, at + used);
            if (list[at] is not ((byte)',' or (byte)']')) throw NotANumber(list[at..], what);
            at++;
        }

        return numbers;
    }

    /// <summary>Reads a list of run lengths.</summary>
    /// <exception cref="RecordFaultException">Something in it is no whole number from 0 to 2^32 - 1.</exception>
    public static uint[] ReadCounts(ReadOnlySpan<byte> list)
    {
        double[] numbers = ReadNumbers(list, "counts");
        uint[] counts = new uint[numbers.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            if (numbers[i] is < 0 or > uint.MaxValue || numbers[i] != Math.Truncate(numbers[i]))
                throw new RecordFaultException(Masks.MaskFault.Range,
                    $"expected run lengths of 0 to {uint.MaxValue}, found {numbers[i]:R} as number {i}");
            counts[i] = (uint)numbers[i];
        }

        return counts;
    }

    /// <summary>
    /// Reads the numbers, while they are plain, in blocks of 64 bytes. The commas of a block are found at once, so that
    /// the processor need not know where one number ends before it begins with the next.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="at">Where the first number begins; then where the first stands that was not read.</param>
    /// <param name="numbers">Gets the numbers.</param>
    /// <returns>How many were read.</returns>
    private static int ReadBlocks(ReadOnlySpan<byte> list, ref int at, Span<double> numbers)
    {
        if (!Vector512.IsHardwareAccelerated || list.Length < Vector512<byte>.Count) return 0;
        Span<ulong> words = stackalloc ulong[JsonNumberRun.Most];
        Span<(int Start, int End)> places = stackalloc (int, int)[JsonNumberRun.Most];
        int last = list.Length - Vector512<byte>.Count, start = at, held = 0, count = 0;
        for (int block = 0; block < list.Length; block += Vector512<byte>.Count)
        {
            int from = Math.Min(block, last);
            Vector512<byte> bytes = Vector512.Create(list[from..]);
            ulong ends = Vector512.Equals(bytes, Vector512.Create((byte)',')).ExtractMostSignificantBits();
            // The bracket ends the last number; what the block before saw already does not count again.
            if (from == last) ends = (ends | (1UL << 63)) >> (block - from) << (block - from);
            for (; ends != 0; ends &= ends - 1)
            {
                int end = from + BitOperations.TrailingZeroCount(ends);
                if (list[start] == ' ') start++;
                words[held] = JsonNumberRun.Word(list, start, end);
                places[held] = (start, end);
                start = end + 1;
                if (++held < places.Length) continue;
                int read = ReadRun(list, words, places, numbers[count..], ref at);
                count += read;
                if (read < held) return count;
                held = 0;
            }
        }

        return count + ReadRun(list, words, places[..held], numbers[count..], ref at);
    }

    private static int ReadRun(ReadOnlySpan<byte> list, Span<ulong> words,
        ReadOnlySpan<(int Start, int End)> places, Span<double> numbers, ref int at)
    {
        int read = JsonNumberRun.Read(list, words, places, numbers);
        if (read > 0) at = places[read - 1].End + 1;
        return read;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipBlanks(ReadOnlySpan<byte> list, int at) =>
        (uint)at < (uint)list.Length && list[at] > ' ' ? at : SkipBlanksAt(list, at);

    private static int SkipBlanksAt(ReadOnlySpan<byte> list, int at)
    {
        while (at < list.Length && list[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at < list.Length ? at : throw NotANumber("the end"u8, "list");
    }

    private static RecordFaultException NotANumber(ReadOnlySpan<byte> found, string what) => new("NOT_A_NUMBER",
        $"expected finite numbers in the {what}, found '{JsonText.Unescape(found[..Math.Min(20, Cut(found))])}'");

    private static int Cut(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny(",]\\"u8);
        return end < 0 ? text.Length : end;
    }
}
