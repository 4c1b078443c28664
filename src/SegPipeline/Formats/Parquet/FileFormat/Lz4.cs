namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Takes blocks of LZ4 apart, as they are without any frame.</summary>
/// <remarks>https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md</remarks>
internal static class Lz4
{
    private const int ShortestMatch = 4, Extended = 15;

    /// <summary>Decompresses bytes into a buffer.</summary>
    /// <returns>False when they are damaged or do not fill the buffer.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        int at = 0, filled = 0;
        while (at < bytes.Length)
        {
            int token = bytes[at++];
            if (!TryLength(bytes, ref at, token >> 4, out int literal)) return false;
            if (literal > bytes.Length - at || literal > target.Length - filled) return false;
            bytes.Slice(at, literal).CopyTo(target[filled..]);
            (at, filled) = (at + literal, filled + literal);
            // The last sequence is one of literals alone.
            if (at == bytes.Length) return filled == target.Length;
            if (bytes.Length - at < sizeof(ushort)) return false;
            int offset = bytes[at] | (bytes[at + 1] << 8);
            at += sizeof(ushort);
            if (!TryLength(bytes, ref at, token & Extended, out int match)) return false;
            match += ShortestMatch;
            if (offset == 0 || offset > filled || match > target.Length - filled) return false;
            for (int end = filled + match; filled < end; filled++) target[filled] = target[filled - offset];
        }

        return false;
    }

    /// <summary>A length that does not fit its four bits goes on in bytes that are added, the last below 255.</summary>
    private static bool TryLength(ReadOnlySpan<byte> bytes, ref int at, int nibble, out int length)
    {
        length = nibble;
        if (nibble < Extended) return true;
        byte more = byte.MaxValue;
        while (more == byte.MaxValue)
        {
            if (at == bytes.Length) return false;
            more = bytes[at++];
            length += more;
            // A block of the largest page has no longer ones, and the sum must not overflow.
            if (length > 1 << 30) return false;
        }

        return true;
    }
}
