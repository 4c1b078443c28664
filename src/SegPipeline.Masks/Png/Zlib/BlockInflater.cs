namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Inflates the codes of one block. Matches of one distance that follow each other are carried out as one copy: in
/// label images, long runs and rows like the row above are cut into matches of 258 bytes.
/// </summary>
internal static class BlockInflater
{
    /// <summary>Inflates up to the end of the block.</summary>
    /// <param name="source">The bits behind the block's header; left behind its end.</param>
    /// <param name="literals">The literal and length code.</param>
    /// <param name="distances">The distance code.</param>
    /// <param name="output">All bytes inflated so far, and room for the rest.</param>
    /// <param name="written">Number of bytes inflated so far.</param>
    public static InflateStatus Inflate(
        ref BitSource source, HuffmanTable literals, HuffmanTable distances, Span<byte> output, ref int written)
    {
        BitSource bits = source;
        var status = InflateStatus.Complete;
        // A match that is not yet copied, because the next one may continue it.
        int position = written, distance = 0, pending = 0;
        while (true)
        {
            bits.Fill();
            uint entry = literals.Take(ref bits, out int value);
            if ((entry & HuffmanEntry.Literal) != 0)
            {
                if (pending != 0) position = Repeat(output, position, distance, pending);
                pending = 0;
                if ((uint)position >= (uint)output.Length) { status = InflateStatus.TooLong; break; }
                output[position++] = (byte)value;
                continue;
            }
            if ((entry & HuffmanEntry.Special) != 0) { status = StatusOf(entry); break; }
            entry = distances.Take(ref bits, out int back);
            if ((entry & HuffmanEntry.Special) != 0) { status = InflateStatus.BadCode; break; }
            if (back != distance)
            {
                if (pending != 0) position = Repeat(output, position, distance, pending);
                if (back > position) { (status, pending) = (InflateStatus.BadDistance, 0); break; }
                (distance, pending) = (back, 0);
            }
            pending += value;
            if (pending > output.Length - position) { (status, pending) = (InflateStatus.TooLong, 0); break; }
        }
        source = bits;
        written = pending == 0 ? position : Repeat(output, position, distance, pending);
        return status;
    }

    private static InflateStatus StatusOf(uint entry) =>
        HuffmanEntry.Value(entry) == HuffmanEntry.Value(HuffmanEntry.EndOfBlock)
            ? InflateStatus.Complete
            : InflateStatus.BadCode;

    /// <summary>Repeats what stands a distance before the position; returns the position behind it.</summary>
    private static int Repeat(Span<byte> output, int position, int distance, int length)
    {
        ReadOnlySpan<byte> from = output[(position - distance)..];
        Span<byte> to = output.Slice(position, length);
        if (distance == 1)
        {
            to.Fill(from[0]);
            return position + length;
        }
        // What is copied repeats with the period of the distance; each copy doubles what can be copied at once.
        for (int period = distance; ; period *= 2)
        {
            int count = Math.Min(period, to.Length);
            from[..count].CopyTo(to);
            if (count == to.Length) return position + length;
            to = to[count..];
        }
    }
}
