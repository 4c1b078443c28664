namespace SegPipeline.Masks;

/// <summary>Between bitmaps of one byte per pixel and run lengths.</summary>
internal static class BitmapRuns
{
    /// <summary>Reads a bitmap stored column by column.</summary>
    public static Mask FromColumnMajor(int heightPx, int widthPx, ReadOnlySpan<byte> columnMajor)
    {
        CheckLength(MaskSize.Check(heightPx, widthPx), columnMajor.Length);
        var runs = new RunBuilder(2 * widthPx);
        bool inside = false;
        for (int i = 0; i < columnMajor.Length; i++)
        {
            if (columnMajor[i] != 0 == inside) continue;
            inside = !inside;
            runs.Toggle((uint)i);
        }
        return runs.Build(heightPx, widthPx);
    }

    /// <summary>Reads a bitmap stored row by row.</summary>
    public static Mask FromRowMajor(int heightPx, int widthPx, ReadOnlySpan<byte> rowMajor)
    {
        CheckLength(MaskSize.Check(heightPx, widthPx), rowMajor.Length);
        var runs = new RunBuilder(2 * widthPx);
        bool inside = false;
        for (int x = 0; x < widthPx; x++)
            for (int y = 0; y < heightPx; y++)
            {
                if (rowMajor[y * widthPx + x] != 0 == inside) continue;
                inside = !inside;
                runs.Toggle((uint)(x * heightPx + y));
            }
        return runs.Build(heightPx, widthPx);
    }

    /// <summary>Writes 1 for foreground and 0 for background, column by column.</summary>
    public static void ToColumnMajor(Mask mask, Span<byte> columnMajor)
    {
        CheckLength(mask.PixelCount, columnMajor.Length);
        int index = 0;
        byte value = 0;
        foreach (uint count in mask.Counts)
        {
            columnMajor.Slice(index, (int)count).Fill(value);
            index += (int)count;
            value ^= 1;
        }
    }

    /// <summary>Writes 1 for foreground and 0 for background, row by row.</summary>
    public static void ToRowMajor(Mask mask, Span<byte> rowMajor)
    {
        CheckLength(mask.PixelCount, rowMajor.Length);
        rowMajor.Clear();
        int x = 0, y = 0;
        bool inside = false;
        foreach (uint count in mask.Counts)
        {
            for (uint rest = count; rest > 0;)
            {
                int length = (int)Math.Min(rest, (uint)(mask.HeightPx - y));
                for (int end = y + length; inside && y < end; y++) rowMajor[y * mask.WidthPx + x] = 1;
                y = inside ? y : y + length;
                rest -= (uint)length;
                if (y < mask.HeightPx) continue;
                (x, y) = (x + 1, 0);
            }
            inside = !inside;
        }
    }

    private static void CheckLength(long expected, int found)
    {
        if (expected != found)
            throw new ArgumentException($"a bitmap must have height x width = {expected} bytes, found {found}");
    }
}
