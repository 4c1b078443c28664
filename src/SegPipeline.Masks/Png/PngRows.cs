namespace SegPipeline.Masks.Png;

/// <summary>Turns the inflated rows of a PNG into samples.</summary>
internal static class PngRows
{
    /// <summary>Undoes the filters, unpacks small samples and puts each pixel into its place.</summary>
    /// <param name="layout">The file.</param>
    /// <param name="rows">All rows with their filter bytes; overwritten.</param>
    /// <param name="samples">Where the samples go, row-major.</param>
    /// <exception cref="PngFormatException">A row names an unknown filter.</exception>
    public static void Unpack(in PngLayout layout, Span<byte> rows, Span<byte> samples)
    {
        PngHeader header = layout.Header;
        int pixelBytes = header.SamplesPerPixel * header.BytesPerSample;
        byte[] passRow = header.IsInterlaced ? new byte[header.WidthPx * pixelBytes] : [];
        foreach (PngPass pass in PngPass.Of(header))
        {
            int passWidthPx = pass.WidthPx(header), passHeightPx = pass.HeightPx(header);
            int rowBytes = (int)header.PackedRowBytes(passWidthPx);
            Span<byte> above = default;
            for (int i = 0; i < passHeightPx; i++)
            {
                int y = pass.FirstY + i * pass.StepY;
                Span<byte> row = rows.Slice(1, rowBytes);
                UndoFilter(layout, rows[0], row, above, y);
                Span<byte> line = samples.Slice(y * header.WidthPx * pixelBytes, header.WidthPx * pixelBytes);
                if (header.IsInterlaced)
                {
                    Span<byte> packed = passRow.AsSpan(0, passWidthPx * pixelBytes);
                    PngSamples.Unpack(row, header.BitDepth, packed);
                    Scatter(packed, pixelBytes, line[(pass.FirstX * pixelBytes)..], pass.StepX);
                }
                else
                {
                    PngSamples.Unpack(row, header.BitDepth, line);
                }
                above = row;
                rows = rows[(rowBytes + 1)..];
            }
        }
    }

    private static void UndoFilter(in PngLayout layout, byte filter, Span<byte> row, Span<byte> above, int y)
    {
        // Zeros stand above the first row of a pass.
        if (above.IsEmpty && filter >= PngFilter.Up) above = new byte[row.Length];
        if (!PngFilter.TryUndo(filter, row, above, layout.Header.FilterDistanceBytes))
            throw new PngFormatException(PngFault.Filter, layout.PixelPosition,
                $"row {y} names filter {filter}; there are 0 to {PngFilter.Paeth}");
    }

    /// <summary>Spreads the pixels of a pass over the row they belong to.</summary>
    private static void Scatter(ReadOnlySpan<byte> pixels, int pixelBytes, Span<byte> line, int stepPx)
    {
        if (pixelBytes == 1)
        {
            for (int i = 0; i < pixels.Length; i++) line[i * stepPx] = pixels[i];
            return;
        }
        for (int from = 0, to = 0; from < pixels.Length; from += pixelBytes, to += pixelBytes * stepPx)
            pixels.Slice(from, pixelBytes).CopyTo(line[to..]);
    }
}
