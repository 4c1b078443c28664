using System.Buffers;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>Writes a mask into a row-major bitmap.</summary>
internal static class BitmapRows
{
    /// <summary>Writes every pixel of the bitmap: 1 for foreground and 0 for background.</summary>
    public static void Write(RowToggles toggles, Span<byte> bitmap)
    {
        int widthPx = toggles.WidthPx;
        bitmap[..(toggles.FirstRow * widthPx)].Clear();
        if (toggles.FirstRow == toggles.HeightPx) return;
        byte[] state = ArrayPool<byte>.Shared.Rent(widthPx);
        Span<byte> row = state.AsSpan(0, widthPx);
        row.Clear();
        Span<byte> rest = bitmap[(toggles.FirstRow * widthPx)..];
        // A small object is copied alone, onto rows cleared all at once.
        bool isNarrow = 2 * (toggles.EndColumn - toggles.FirstColumn) < widthPx;
        if (isNarrow) rest.Clear();
        int first = isNarrow ? toggles.FirstColumn : 0, end = isNarrow ? toggles.EndColumn : widthPx;
        for (int y = toggles.FirstRow; y < toggles.HeightPx; y++)
        {
            if (y < toggles.EndRow)
                foreach (int x in toggles[y]) row[x] ^= 1;
            else if (isNarrow && !row[first..end].ContainsAnyExcept((byte)0))
                break;
            row[first..end].CopyTo(rest[first..]);
            rest = rest[widthPx..];
        }
        ArrayPool<byte>.Shared.Return(state);
    }
}
