using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>
/// The columns of a strip of rows that are not of one label, or not of the label of the column before. Between them
/// the strip is of one label, and there is nothing to vote about.
/// </summary>
/// <param name="widthPx">Width of the picture.</param>
internal sealed class MixedColumns(int widthPx)
{
    // One word for each block of pixels; a block of wide pixels fills the lowest bits only.
    private readonly ulong[] _words = new ulong[widthPx];
    private int _blockPx = 1;

    /// <summary>Finds the mixed columns of the rows that a resized pixel covers.</summary>
    public void Find<T>(RowMajorPixels<T> labels, in AxisCover rows)
        where T : unmanaged, IEquatable<T>
    {
        _blockPx = PixelBlock.Count<T>();
        _words.AsSpan().Clear();
        ReadOnlySpan<T> first = labels.Row(rows.First);
        for (int x = 0; x < first.Length - 1; x += _blockPx)
            AddAt(x + 1, PixelBlock.DifferencesAt(first[1..], first[..^1], x));
        for (int y = rows.First + 1; y <= rows.Last; y++)
        {
            ReadOnlySpan<T> row = labels.Row(y);
            for (int x = 0; x < row.Length; x += _blockPx)
                _words[x / _blockPx] |= PixelBlock.DifferencesAt(row, first, x);
        }
    }

    /// <summary>The first mixed column from a given one on; the largest number when there is none.</summary>
    public int NextFrom(int column)
    {
        int index = column / _blockPx;
        ulong word = _words[index] & ulong.MaxValue << column % _blockPx;
        while (word == 0)
        {
            if (++index * (long)_blockPx >= widthPx) return int.MaxValue;
            word = _words[index];
        }
        return index * _blockPx + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>Adds bits of a block that does not begin where a word does.</summary>
    private void AddAt(int column, ulong bits)
    {
        int index = column / _blockPx, shift = column % _blockPx;
        ulong all = _blockPx == 64 ? ulong.MaxValue : (1UL << _blockPx) - 1;
        _words[index] |= bits << shift & all;
        if (shift != 0 && index + 1 < _words.Length) _words[index + 1] |= bits >> (_blockPx - shift);
    }
}
