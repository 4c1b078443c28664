using System.Buffers.Binary;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>A zlib stream that is being written: takes bytes and matches in order, and cuts them into blocks.</summary>
internal ref struct DeflateOutput
{
    [ThreadStatic]
    private static DeflateCode? _codeOfThread;

    [ThreadStatic]
    private static DeflateCodeHeader? _headerOfThread;

    private const int BlockHeadBits = 3;

    private readonly ReadOnlySpan<byte> _bytes;
    private BitSink _sink = new();
    private DeflateTokens _tokens = new();
    private int _blockStart;

    /// <param name="bytes">All bytes that will be compressed.</param>
    /// <param name="flags">The second byte of the stream, which says how hard it was compressed.</param>
    public DeflateOutput(ReadOnlySpan<byte> bytes, byte flags)
    {
        _bytes = bytes;
        _sink.Reserve(16);
        _sink.Write(0x78, 8);
        _sink.Write(flags, 8);
    }

    /// <summary>Number of bytes taken so far.</summary>
    public int Position { get; private set; }

    /// <summary>The stream, once it is finished.</summary>
    public readonly ReadOnlySpan<byte> Written => _sink.Written;

    /// <summary>Takes the next byte as it is.</summary>
    public void AddLiteral()
    {
        if (_tokens.IsFull) WriteBlock(isLast: false);
        _tokens.AddLiteral(_bytes[Position++]);
    }

    /// <summary>Takes the next bytes as a repetition.</summary>
    public void AddMatch(DeflateToken match)
    {
        if (_tokens.IsFull) WriteBlock(isLast: false);
        _tokens.AddMatch(match.Length, match.Distance);
        Position += match.Length;
    }

    /// <summary>Ends the stream after the last byte.</summary>
    public void Finish()
    {
        WriteBlock(isLast: true);
        _sink.Reserve(64);
        _sink.Align();
        _sink.Write(BinaryPrimitives.ReverseEndianness(Adler32.Of(_bytes)), 32);
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        _tokens.Dispose();
        _sink.Dispose();
    }

    private void WriteBlock(bool isLast)
    {
        DeflateCode code = _codeOfThread ??= new DeflateCode();
        DeflateCodeHeader header = _headerOfThread ??= new DeflateCodeHeader();
        code.Fit(_tokens);
        header.Describe(code);
        long fitted = header.Bits + code.BitsOf(_tokens), fixedBits = DeflateCode.Fixed.BitsOf(_tokens);
        ReadOnlySpan<byte> block = _bytes[_blockStart..Position];
        long storedBlocks = block.Length / DeflateFormat.MaxStoredBytes + 1L;
        long stored = 8L * block.Length + storedBlocks * (BlockHeadBits + 7 + 32);
        _sink.Reserve(Math.Min(stored, Math.Min(fitted, fixedBits)) + BlockHeadBits);
        if (stored < fitted && stored < fixedBits) WriteStored(block, isLast);
        else WriteCoded(code, fitted <= fixedBits ? header : null, isLast);
        _tokens.Clear();
        _blockStart = Position;
    }

    private void WriteCoded(DeflateCode fitted, DeflateCodeHeader? header, bool isLast)
    {
        _sink.Write((isLast ? 1u : 0u) | (header is null ? 1u : 2u) << 1, BlockHeadBits);
        header?.Write(ref _sink);
        (header is null ? DeflateCode.Fixed : fitted).Write(ref _sink, _tokens);
    }

    private void WriteStored(ReadOnlySpan<byte> block, bool isLast)
    {
        do
        {
            ReadOnlySpan<byte> part = block[..Math.Min(block.Length, DeflateFormat.MaxStoredBytes)];
            block = block[part.Length..];
            _sink.Write(isLast && block.IsEmpty ? 1u : 0u, BlockHeadBits);
            _sink.Align();
            _sink.Write((uint)part.Length | (uint)(ushort)~part.Length << 16, 32);
            _sink.WriteBytes(part);
        }
        while (!block.IsEmpty);
    }
}
