using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace SegPipeline.Masks;

/// <summary>
/// The string form of run lengths ("compressed counts"): each length, from the fourth on as the difference to the
/// length two before, in groups of five bits, least significant first, one ASCII character from <c>0</c> to <c>o</c>
/// per group.
/// </summary>
/// <remarks>Format: <c>rleToString</c> and <c>rleFrString</c> of cocodataset/cocoapi, common/maskApi.c.</remarks>
public static class CocoString
{
    /// <summary>Most characters one run length can take: differences of 32-bit lengths have 33 bits.</summary>
    public const int MaxCharsPerCount = 7;

    private const int MaxGroups = 13;

    /// <summary>Writes run lengths as ASCII characters and returns how many bytes were written.</summary>
    /// <param name="counts">Any run lengths.</param>
    /// <param name="destination">At least <see cref="MaxCharsPerCount"/> bytes for each length.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Encode(ReadOnlySpan<uint> counts, Span<byte> destination)
    {
        if (destination.Length < (long)counts.Length * MaxCharsPerCount)
            throw new ArgumentException("the destination must hold 7 bytes for each run length", nameof(destination));
        return Encode(counts, 0, counts.Length, destination);
    }

    private static int Encode(ReadOnlySpan<uint> counts, int start, int end, Span<byte> destination)
    {
        int written = 0;
        for (int i = start; i < end;)
        {
            int block = Math.Min(i < 3 ? 3 - i : CocoStringBlocks.Count, end - i);
            int done = block == CocoStringBlocks.Count && Vector256.IsHardwareAccelerated
                ? CocoStringBlocks.Encode(counts, i, destination[written..])
                : 0;
            written += done > 0 ? done : EncodeOneByOne(counts, i, i + block, destination[written..]);
            i += block;
        }
        return written;
    }

    private static int EncodeOneByOne(ReadOnlySpan<uint> counts, int start, int end, Span<byte> destination)
    {
        int written = 0;
        for (int i = start; i < end; i++)
        {
            long rest = i > 2 ? (long)counts[i] - counts[i - 2] : counts[i];
            bool more;
            do
            {
                int group = (int)rest & 31;
                rest >>= 5;
                more = (group & 16) != 0 ? rest != -1 : rest != 0;
                destination[written++] = (byte)(48 + (more ? group | 32 : group));
            }
            while (more);
        }
        return written;
    }

    /// <summary>Reads the run lengths of a string.</summary>
    /// <param name="utf8">The characters.</param>
    /// <returns>The run lengths; nothing is assumed of their sum.</returns>
    /// <exception cref="MaskFormatException">
    /// RLE_CHAR, RLE_DANGLING, RLE_TOO_LONG or RLE_RANGE, with the character at fault.
    /// </exception>
    public static uint[] Decode(ReadOnlySpan<byte> utf8)
    {
        uint[] counts = GC.AllocateUninitializedArray<uint>(CountNumbers(utf8));
        int count = 0;
        for (int i = 0; i < utf8.Length;)
        {
            if (Vector256.IsHardwareAccelerated && count > 2) CocoStringBlocks.Decode(utf8, ref i, counts, ref count);
            if (i == utf8.Length) break;
            int start = i;
            long difference = ReadNumber(utf8, ref i);
            if (count > 2) difference += counts[count - 2];
            if ((ulong)difference > uint.MaxValue)
                throw new MaskFormatException(MaskFault.Range, start,
                    $"a run length must be between 0 and {uint.MaxValue}, found {difference} at character {start}");
            counts[count++] = (uint)difference;
        }
        return counts;
    }

    /// <summary>Encodes into a pooled buffer and makes a result of the characters.</summary>
    internal static T Encode<T>(ReadOnlySpan<uint> counts, SpanReader<T> make)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(checked(counts.Length * MaxCharsPerCount));
        T result = make(buffer.AsSpan(0, Encode(counts, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    /// <summary>Encodes piece by piece into a writer's own memory.</summary>
    internal static void Write(ReadOnlySpan<uint> counts, IBufferWriter<byte> destination)
    {
        const int CountsPerPiece = 512;
        for (int start = 0; start < counts.Length; start += CountsPerPiece)
        {
            int end = Math.Min(start + CountsPerPiece, counts.Length);
            Span<byte> piece = destination.GetSpan((end - start) * MaxCharsPerCount);
            destination.Advance(Encode(counts, start, end, piece));
        }
    }

    /// <summary>Makes a result of characters that are valid only during the call.</summary>
    internal delegate T SpanReader<out T>(ReadOnlySpan<byte> ascii);

    /// <summary>The characters of a text as bytes; those that are not ASCII become a byte that is not valid.</summary>
    internal static ReadOnlySpan<byte> CopyBytes(ReadOnlySpan<char> text, Span<byte> destination)
    {
        const byte Invalid = 255;
        if (Ascii.FromUtf16(text, destination, out int written) == OperationStatus.Done) return destination[..written];
        for (int i = 0; i < text.Length; i++) destination[i] = text[i] > 127 ? Invalid : (byte)text[i];
        return destination[..text.Length];
    }

    private static int CountNumbers(ReadOnlySpan<byte> utf8)
    {
        int numbers = 0, i = 0;
        for (; i <= utf8.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var groups = Vector256.Create(utf8.Slice(i, Vector256<byte>.Count)) - Vector256.Create((byte)48);
            numbers += BitOperations.PopCount(~(groups << 2).ExtractMostSignificantBits());
        }
        foreach (byte c in utf8[i..]) numbers += ((c - 48) >> 5 & 1) ^ 1;
        return numbers;
    }

    private static long ReadNumber(ReadOnlySpan<byte> utf8, ref int i)
    {
        long value = 0;
        int start = i;
        if (i < utf8.Length && (uint)(utf8[i] - 48) < 32) return (sbyte)((utf8[i++] - 48) << 3) >> 3;
        for (int shift = 0; ; shift += 5)
        {
            if (i == utf8.Length)
                throw new MaskFormatException(MaskFault.Dangling, i,
                    $"the run-length string ends within the number that begins at character {start}");
            int group = utf8[i] - 48;
            if ((uint)group > 63) throw NotInAlphabet(utf8, i);
            if (i - start == MaxGroups)
                throw new MaskFormatException(MaskFault.TooLong, i,
                    $"a number may take {MaxGroups} characters, the one that begins at character {start} takes more");
            i++;
            value |= (long)(group & 31) << shift;
            if ((group & 32) != 0) continue;
            return (group & 16) != 0 && shift < 59 ? value | (-1L << (shift + 5)) : value;
        }
    }

    private static MaskFormatException NotInAlphabet(ReadOnlySpan<byte> utf8, int i)
    {
        string found = utf8[i] is >= 32 and < 127 ? $"'{(char)utf8[i]}'" : $"byte {utf8[i]}";
        string hint = utf8.StartsWith("b'"u8) || utf8.StartsWith("b\""u8)
            ? "; it looks like Python's print of a bytes object, which must be decoded first"
            : "";
        return new MaskFormatException(MaskFault.Character, i,
            $"a run-length string holds characters '0' (48) to 'o' (111), found {found} at character {i}{hint}");
    }
}
