namespace SegPipeline.Masks.Components;

/// <summary>
/// The foreground runs of a mask cut at the ends of columns, in column-major order: within one column they are
/// ordered from top to bottom and never touch.
/// </summary>
internal sealed class ColumnRuns
{
    private ColumnRuns(int heightPx, int widthPx, int count)
    {
        HeightPx = heightPx;
        WidthPx = widthPx;
        Column = new int[count];
        Top = new int[count];
        Bottom = new int[count];
    }

    /// <summary>Height of the mask.</summary>
    public int HeightPx { get; }

    /// <summary>Width of the mask.</summary>
    public int WidthPx { get; }

    /// <summary>Number of runs.</summary>
    public int Count => Column.Length;

    /// <summary>The column of each run.</summary>
    public int[] Column { get; }

    /// <summary>The first row of each run.</summary>
    public int[] Top { get; }

    /// <summary>The row after the last one of each run.</summary>
    public int[] Bottom { get; }

    /// <summary>Cuts the runs of a mask.</summary>
    /// <exception cref="MaskFormatException">There are more runs than an array can hold (MASK_SIZE).</exception>
    public static ColumnRuns Of(Mask mask)
    {
        mask = mask.ToCanonical();
        var runs = new ColumnRuns(mask.HeightPx, mask.WidthPx, CountRuns(mask));
        long index = 0, columnStart = 0;
        int column = 0, written = 0;
        ReadOnlySpan<uint> counts = mask.Counts;
        for (int i = 0; i + 1 < counts.Length; i += 2)
        {
            index += counts[i];
            for (long end = index + counts[i + 1]; index < end; written++)
            {
                if (index - columnStart >= mask.HeightPx) (column, columnStart) = ColumnOf(index, mask.HeightPx);
                long columnEnd = columnStart + mask.HeightPx;
                runs.Column[written] = column;
                runs.Top[written] = (int)(index - columnStart);
                index = Math.Min(end, columnEnd);
                runs.Bottom[written] = (int)(index - columnStart);
            }
        }
        return runs;
    }

    /// <summary>Column-major index of a run's first pixel.</summary>
    public uint Start(int run) => (uint)Column[run] * (uint)HeightPx + (uint)Top[run];

    /// <summary>Column-major index of the pixel after a run's last one.</summary>
    public uint End(int run) => (uint)Column[run] * (uint)HeightPx + (uint)Bottom[run];

    private static (int Column, long Start) ColumnOf(long index, int heightPx)
    {
        long column = index / heightPx;
        return ((int)column, column * heightPx);
    }

    private static int CountRuns(Mask mask)
    {
        long total = 0, index = 0, columnEnd = mask.HeightPx;
        ReadOnlySpan<uint> counts = mask.Counts;
        for (int i = 0; i + 1 < counts.Length; i += 2)
        {
            index += counts[i];
            if (index >= columnEnd) columnEnd = (index / mask.HeightPx + 1) * mask.HeightPx;
            index += counts[i + 1];
            total += 1 + (index > columnEnd ? (index - columnEnd - 1) / mask.HeightPx + 1 : 0);
        }
        if (total > Array.MaxLength)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"a mask may have {Array.MaxLength} foreground runs in its columns, this one has {total}");
        return (int)total;
    }
}
