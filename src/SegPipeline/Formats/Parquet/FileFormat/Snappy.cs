using System.Buffers.Binary;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Snappy without framing: quick, and the same bytes on every machine.</summary>
/// <remarks>https://github.com/google/snappy/blob/main/format_description.txt</remarks>
internal static class Snappy
{
    private const int BlockBytes = 1 << 16, TableBits = 14, ShortestMatch = 4, LongestCopy = 64;
    private const int MissesPerStep = 32;
    private const uint Multiplier = 0x1E35A7BD;

    /// <summary>Compresses bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var output = new List<byte>((bytes.Length / 2) + 16);
        BitRuns.Varint(output, (ulong)bytes.Length);
        int[] table = new int[1 << TableBits];
        for (int from = 0; from < bytes.Length; from += BlockBytes)
        {
            Array.Fill(table, -1);
            CompressBlock(bytes[from..Math.Min(bytes.Length, from + BlockBytes)], table, output);
        }

        return [.. output];
    }

    /// <summary>Decompresses bytes into a buffer.</summary>
    /// <returns>False when they are damaged or do not fill the buffer.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        int at = 0, filled = 0;
        while (at < bytes.Length && bytes[at] >= 0x80) at++;
        at++;
        while (at < bytes.Length)
        {
            int tag = bytes[at++];
            if ((tag & 3) == 0)
            {
                int length = (tag >> 2) + 1, wide = length - 60;
                if (wide > 0)
                {
                    if (at + wide > bytes.Length) return false;
                    length = (int)Math.Min(int.MaxValue - 1, Little(bytes.Slice(at, wide))) + 1;
                    at += wide;
                }

                if (length <= 0 || length > bytes.Length - at || length > target.Length - filled) return false;
                bytes.Slice(at, length).CopyTo(target[filled..]);
                (at, filled) = (at + length, filled + length);
                continue;
            }

            int more = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
            if (at + more > bytes.Length) return false;
            long offset = Little(bytes.Slice(at, more)) | ((tag & 3) == 1 ? (long)(tag >> 5) << 8 : 0);
            int count = (tag & 3) == 1 ? ((tag >> 2) & 7) + ShortestMatch : (tag >> 2) + 1;
            at += more;
            if (offset == 0 || offset > filled || count > target.Length - filled) return false;
            for (int i = 0; i < count; i++, filled++) target[filled] = target[filled - (int)offset];
        }

        return filled == target.Length;
    }

    /// <summary>Compresses a block. The longer nothing was found that came before, the larger the steps in which it is
    /// looked for, so that bytes that cannot be compressed cost little.</summary>
    private static void CompressBlock(ReadOnlySpan<byte> block, int[] table, List<byte> output)
    {
        int literal = 0, at = 0, misses = 0;
        while (at + ShortestMatch <= block.Length)
        {
            uint four = BinaryPrimitives.ReadUInt32LittleEndian(block[at..]);
            ref int entry = ref table[(four * Multiplier) >> (32 - TableBits)];
            int before = entry;
            entry = at;
            if (before < 0 || BinaryPrimitives.ReadUInt32LittleEndian(block[before..]) != four)
            {
                at += 1 + (misses++ / MissesPerStep);
                continue;
            }

            misses = 0;
            int length = ShortestMatch +
                block[(at + ShortestMatch)..].CommonPrefixLength(block[(before + ShortestMatch)..]);
            Literal(output, block[literal..at]);
            Copy(output, at - before, length);
            at += length;
            literal = at;
        }

        Literal(output, block[literal..]);
    }

    private static void Literal(List<byte> output, ReadOnlySpan<byte> bytes)
    {
        const int widest = 60;
        if (bytes.IsEmpty) return;
        int length = bytes.Length - 1;
        if (length < widest)
        {
            output.Add((byte)(length << 2));
        }
        else
        {
            int wide = length < 1 << 8 ? 1 : 2;
            output.Add((byte)((widest - 1 + wide) << 2));
            for (int i = 0; i < wide; i++) output.Add((byte)(length >> (8 * i)));
        }

        output.AddRange(bytes);
    }

    private static void Copy(List<byte> output, int offset, int length)
    {
        for (; length > 0; length -= LongestCopy)
        {
            output.Add((byte)(((Math.Min(length, LongestCopy) - 1) << 2) | 2));
            output.Add((byte)offset);
            output.Add((byte)(offset >> 8));
        }
    }

    private static long Little(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (int i = 0; i < bytes.Length; i++) value |= (long)bytes[i] << (8 * i);
        return value;
    }
}
