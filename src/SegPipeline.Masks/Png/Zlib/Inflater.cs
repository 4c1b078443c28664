using System.Buffers.Binary;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Inflates zlib streams (RFC 1950 and 1951) whose inflated length is known. It allocates nothing but its tables, which
/// are made once a thread. Made for label images, where a row repeats the one above it: matches of one distance that
/// follow each other are copied as one.
/// </summary>
internal sealed class Inflater
{
    private const int MaxHeaderCodes = DeflateFormat.LiteralSymbols + DeflateFormat.DistanceSymbols;

    [ThreadStatic]
    private static Inflater? _ofThread;

    private readonly HuffmanTable _literals = new(firstBits: 11);
    private readonly HuffmanTable _distances = new(firstBits: 9);
    private readonly HuffmanTable _meta = new(firstBits: DeflateFormat.MaxMetaCodeBits);

    /// <summary>Inflates a whole stream. Bytes behind its checksum are not looked at.</summary>
    /// <param name="padded">The zlib stream with <see cref="BitSource.PaddingBytes"/> zeros behind it.</param>
    /// <param name="output">Where the bytes go; as long as they are expected to be.</param>
    /// <param name="written">Number of bytes written.</param>
    public static InflateStatus Inflate(ReadOnlySpan<byte> padded, Span<byte> output, out int written)
    {
        written = 0;
        if (padded.Length < 2 + BitSource.PaddingBytes) return InflateStatus.CutOff;
        if (!IsHeader(padded[0], padded[1])) return InflateStatus.BadHeader;
        var source = new BitSource(padded[2..]);
        InflateStatus status = (_ofThread ??= new Inflater()).InflateBlocks(ref source, output, ref written);
        if (source.IsOverdrawn) return InflateStatus.CutOff;
        if (status != InflateStatus.Complete) return status;
        ReadOnlySpan<byte> checksum = source.TakeBytes(sizeof(uint));
        if (checksum.Length < sizeof(uint)) return InflateStatus.CutOff;
        if (written < output.Length) return InflateStatus.TooShort;
        return BinaryPrimitives.ReadUInt32BigEndian(checksum) == Adler32.Of(output)
            ? InflateStatus.Complete
            : InflateStatus.BadChecksum;
    }

    /// <summary>Method 8, a window of at most 32 KiB, no preset dictionary, a multiple of 31.</summary>
    private static bool IsHeader(byte method, byte flags) =>
        (method & 0x0F) == 8 && method >> 4 <= 7 && (method << 8 | flags) % 31 == 0 && (flags & 0x20) == 0;

    private InflateStatus InflateBlocks(ref BitSource source, Span<byte> output, ref int written)
    {
        while (true)
        {
            bool isLast = source.Take(1) == 1;
            InflateStatus status = source.Take(2) switch
            {
                0 => CopyStored(ref source, output, ref written),
                1 => InflateFixed(ref source, output, ref written),
                2 => TryReadCodes(ref source)
                    ? BlockInflater.Inflate(ref source, _literals, _distances, output, ref written)
                    : InflateStatus.BadBlock,
                _ => InflateStatus.BadBlock,
            };
            if (status != InflateStatus.Complete || isLast || source.IsOverdrawn) return status;
        }
    }

    private static InflateStatus CopyStored(ref BitSource source, Span<byte> output, ref int written)
    {
        ReadOnlySpan<byte> lengths = source.TakeBytes(4);
        if (lengths.Length < 4) return InflateStatus.CutOff;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(lengths);
        if (length != (ushort)~BinaryPrimitives.ReadUInt16LittleEndian(lengths[2..])) return InflateStatus.BadBlock;
        if (length > output.Length - written) return InflateStatus.TooLong;
        ReadOnlySpan<byte> stored = source.TakeBytes(length);
        stored.CopyTo(output[written..]);
        written += stored.Length;
        return stored.Length == length ? InflateStatus.Complete : InflateStatus.CutOff;
    }

    private InflateStatus InflateFixed(ref BitSource source, Span<byte> output, ref int written)
    {
        _literals.TryBuild(DeflateFormat.FixedLiteralLengths, HuffmanEntry.Literals);
        _distances.TryBuild(DeflateFormat.FixedDistanceLengths, HuffmanEntry.Distances);
        return BlockInflater.Inflate(ref source, _literals, _distances, output, ref written);
    }

    /// <summary>Reads the two codes of a block, themselves written in a third (RFC 1951, 3.2.7).</summary>
    private bool TryReadCodes(ref BitSource source)
    {
        int literals = (int)source.Take(5) + DeflateFormat.FirstLengthSymbol;
        int distances = (int)source.Take(5) + 1;
        int metas = (int)source.Take(4) + 4;
        if (literals > DeflateFormat.LiteralSymbols || distances > DeflateFormat.DistanceSymbols) return false;
        Span<byte> metaLengths = stackalloc byte[DeflateFormat.MetaSymbols];
        metaLengths.Clear();
        for (int i = 0; i < metas; i++) metaLengths[DeflateFormat.MetaOrder[i]] = (byte)source.Take(3);
        if (!_meta.TryBuild(metaLengths, HuffmanEntry.MetaSymbols)) return false;
        Span<byte> lengths = stackalloc byte[MaxHeaderCodes];
        lengths = lengths[..(literals + distances)];
        return TryReadLengths(ref source, lengths) && lengths[DeflateFormat.EndOfBlock] != 0
            && _literals.TryBuild(lengths[..literals], HuffmanEntry.Literals)
            && _distances.TryBuild(lengths[literals..], HuffmanEntry.Distances);
    }

    private bool TryReadLengths(ref BitSource source, scoped Span<byte> lengths)
    {
        byte previous = 0;
        for (int i = 0; i < lengths.Length;)
        {
            source.Fill();
            if ((_meta.Take(ref source, out int symbol) & HuffmanEntry.Special) != 0) return false;
            if (symbol == 16 && i == 0) return false;
            int repeats = symbol switch
            {
                16 => 3 + (int)source.Take(2),
                17 => 3 + (int)source.Take(3),
                18 => 11 + (int)source.Take(7),
                _ => 1,
            };
            if (repeats > lengths.Length - i) return false;
            if (symbol != 16) previous = symbol < 16 ? (byte)symbol : (byte)0;
            lengths.Slice(i, repeats).Fill(previous);
            i += repeats;
        }
        return true;
    }
}
