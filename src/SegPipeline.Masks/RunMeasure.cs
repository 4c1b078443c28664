namespace SegPipeline.Masks;

/// <summary>Numbers read off run lengths: sum, area, box.</summary>
internal static class RunMeasure
{
    /// <summary>Sum of all lengths, in 64 bits.</summary>
    public static long Sum(ReadOnlySpan<uint> counts)
    {
        long sum = 0;
        foreach (uint count in counts) sum += count;
        return sum;
    }

    /// <summary>Sum of the foreground lengths.</summary>
    public static long Area(ReadOnlySpan<uint> counts)
    {
        long area = 0;
        for (int i = 1; i < counts.Length; i += 2) area += counts[i];
        return area;
    }

    /// <summary>The box around the foreground; a run that passes the end of a column reaches top and bottom.</summary>
    public static PixelBox Box(ReadOnlySpan<uint> counts, int heightPx)
    {
        uint height = (uint)heightPx, start = 0;
        uint left = uint.MaxValue, right = 0, top = uint.MaxValue, bottom = 0;
        for (int i = 0; i + 1 < counts.Length; i += 2)
        {
            start += counts[i];
            uint length = counts[i + 1];
            if (length == 0) continue;
            (uint firstX, uint firstY) = Math.DivRem(start, height);
            (uint lastX, uint lastY) = Math.DivRem(start + length - 1, height);
            bool wraps = firstX < lastX;
            left = Math.Min(left, firstX);
            right = Math.Max(right, lastX);
            top = wraps ? 0 : Math.Min(top, firstY);
            bottom = wraps ? height - 1 : Math.Max(bottom, lastY);
            start += length;
        }
        return left == uint.MaxValue
            ? default
            : new PixelBox((int)left, (int)top, (int)(right - left + 1), (int)(bottom - top + 1));
    }
}
