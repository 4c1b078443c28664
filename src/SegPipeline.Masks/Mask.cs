using System.Buffers;
using System.Text;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks;

/// <summary>
/// A binary mask as run lengths in COCO order: the picture is read column by column (column-major), and the lengths
/// of its runs alternate between background and foreground, background first. Immutable.
/// </summary>
/// <remarks>
/// The representation of pycocotools (cocodataset/cocoapi, <c>common/maskApi.c</c>): the first length is 0 when the
/// first pixel is foreground. Lengths are unsigned 32-bit as there; they always sum to height times width. Lengths of
/// 0 that a source wrote are kept; every operation gives run lengths without them (the first excepted).
/// </remarks>
public sealed class Mask : IEquatable<Mask>
{
    private readonly uint[] _counts;

    internal Mask(int heightPx, int widthPx, uint[] counts)
    {
        HeightPx = heightPx;
        WidthPx = widthPx;
        _counts = counts;
    }

    /// <summary>Height in pixels, 0 or more.</summary>
    public int HeightPx { get; }

    /// <summary>Width in pixels, 0 or more.</summary>
    public int WidthPx { get; }

    /// <summary>Run lengths in pixels, column-major, background first.</summary>
    public ReadOnlySpan<uint> Counts => _counts;

    /// <summary>Number of pixels, height times width.</summary>
    public long PixelCount => (long)HeightPx * WidthPx;

    /// <summary>Number of foreground pixels.</summary>
    public long AreaPx => RunMeasure.Area(_counts);

    /// <summary>True when no pixel is foreground.</summary>
    public bool IsEmpty => _counts.Length < 2 || AreaPx == 0;

    /// <summary>The smallest box around the foreground, in whole pixels; all zeros when the mask is empty.</summary>
    /// <remarks>As <c>toBbox</c> of pycocotools 2.0.2 and later: runs of length 0 do not count.</remarks>
    public PixelBox Box => RunMeasure.Box(ToCanonical()._counts, HeightPx);

    /// <summary>A mask of given run lengths, which are copied as they are.</summary>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="counts">Run lengths in pixels, column-major, background first.</param>
    /// <exception cref="MaskFormatException">
    /// The lengths do not sum to the number of pixels (RLE_SUM), or the size is impossible (MASK_SIZE).
    /// </exception>
    public static Mask FromCounts(int heightPx, int widthPx, ReadOnlySpan<uint> counts)
    {
        CheckSum(MaskSize.Check(heightPx, widthPx), counts);
        return new Mask(heightPx, widthPx, counts.ToArray());
    }

    /// <summary>A mask of a run-length string of COCO ("compressed counts").</summary>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="utf8">The characters, unescaped.</param>
    /// <exception cref="MaskFormatException">The string is malformed or does not fit the size.</exception>
    public static Mask FromCocoString(int heightPx, int widthPx, ReadOnlySpan<byte> utf8)
    {
        long pixels = MaskSize.Check(heightPx, widthPx);
        uint[] counts = CocoString.Decode(utf8);
        CheckSum(pixels, counts);
        return new Mask(heightPx, widthPx, counts);
    }

    /// <inheritdoc cref="FromCocoString(int, int, ReadOnlySpan{byte})"/>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="text">The characters, unescaped.</param>
    public static Mask FromCocoString(int heightPx, int widthPx, string text)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return FromCocoString(heightPx, widthPx, CocoString.CopyBytes(text, bytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>A mask of a bitmap stored column by column.</summary>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="columnMajor">One byte per pixel, index x * height + y; any value but 0 is foreground.</param>
    /// <exception cref="ArgumentException">The length is not height times width.</exception>
    public static Mask FromBitmapColumnMajor(int heightPx, int widthPx, ReadOnlySpan<byte> columnMajor) =>
        BitmapRuns.FromColumnMajor(heightPx, widthPx, columnMajor);

    /// <summary>A mask of a bitmap stored row by row.</summary>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="rowMajor">One byte per pixel, index y * width + x; any value but 0 is foreground.</param>
    /// <exception cref="ArgumentException">The length is not height times width.</exception>
    public static Mask FromBitmapRowMajor(int heightPx, int widthPx, ReadOnlySpan<byte> rowMajor) =>
        BitmapRuns.FromRowMajor(heightPx, widthPx, rowMajor);

    /// <summary>A mask without foreground.</summary>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    public static Mask Empty(int heightPx, int widthPx) =>
        new(heightPx, widthPx, [(uint)MaskSize.Check(heightPx, widthPx)]);

    /// <summary>A mask that is foreground everywhere.</summary>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    public static Mask Full(int heightPx, int widthPx)
    {
        uint pixels = (uint)MaskSize.Check(heightPx, widthPx);
        return new Mask(heightPx, widthPx, pixels == 0 ? [0] : [0, pixels]);
    }

    /// <summary>The run lengths as a COCO string ("compressed counts").</summary>
    public string ToCocoString() => CocoString.Encode(_counts, static ascii => Encoding.ASCII.GetString(ascii));

    /// <summary>The run lengths as the ASCII bytes of a COCO string.</summary>
    public byte[] ToCocoBytes() => CocoString.Encode(_counts, static ascii => ascii.ToArray());

    /// <summary>Writes the COCO string as ASCII bytes, without allocating.</summary>
    /// <param name="destination">Receives the bytes, in pieces of at most some kilobytes.</param>
    public void WriteCocoString(IBufferWriter<byte> destination) => CocoString.Write(_counts, destination);

    /// <summary>Writes the mask as one byte per pixel, 1 for foreground, index x * height + y.</summary>
    /// <exception cref="ArgumentException">The length is not height times width.</exception>
    public void CopyToColumnMajor(Span<byte> columnMajor) => BitmapRuns.ToColumnMajor(this, columnMajor);

    /// <summary>Writes the mask as one byte per pixel, 1 for foreground, index y * width + x.</summary>
    /// <exception cref="ArgumentException">The length is not height times width.</exception>
    public void CopyToRowMajor(Span<byte> rowMajor) => BitmapRuns.ToRowMajor(this, rowMajor);

    /// <summary>The same pixels without runs of length 0 (the first excepted); this mask when it has none.</summary>
    public Mask ToCanonical() => RunForm.IsCanonical(_counts) ? this : RunForm.Canonical(this);

    /// <summary>True when the other mask has the same size and the same pixels, however its runs are cut.</summary>
    public bool Equals(Mask? other) =>
        other is not null && HeightPx == other.HeightPx && WidthPx == other.WidthPx &&
        ToCanonical()._counts.AsSpan().SequenceEqual(other.ToCanonical()._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Mask);

    /// <summary>A 64-bit hash of size and pixels; the same in every process, on every machine.</summary>
    public ulong ContentHash => RunForm.Hash(HeightPx, WidthPx, ToCanonical()._counts);

    /// <summary>The lower half of <see cref="ContentHash"/>.</summary>
    public override int GetHashCode() => (int)ContentHash;

    /// <summary>Size, area and number of runs, for debugging.</summary>
    public override string ToString() => $"{HeightPx}x{WidthPx} mask, {AreaPx} px in {_counts.Length} runs";

    private static void CheckSum(long pixels, ReadOnlySpan<uint> counts)
    {
        long sum = RunMeasure.Sum(counts);
        if (sum == pixels) return;
        long position = 0;
        for (long partial = 0; position < counts.Length; position++)
        {
            partial += counts[(int)position];
            if (partial > pixels) break;
        }
        throw new MaskFormatException(MaskFault.Sum, position,
            $"run lengths must sum to height x width = {pixels}, they sum to {sum}");
    }
}
