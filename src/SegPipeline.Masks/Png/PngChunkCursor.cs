using System.Buffers.Binary;

namespace SegPipeline.Masks.Png;

/// <summary>Goes from chunk to chunk of a PNG and checks the length, type letters and checksum of each.</summary>
/// <param name="file">The whole file.</param>
/// <param name="position">Position of the first chunk to visit.</param>
internal ref struct PngChunkCursor(ReadOnlySpan<byte> file, int position)
{
    /// <summary>Bytes of a chunk beside its body: length, type and checksum.</summary>
    public const int OverheadBytes = 12;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _next = position;

    /// <summary>Where the chunk begins in the file.</summary>
    public int Position { get; private set; }

    /// <summary>Its type; see <see cref="PngChunkType"/>.</summary>
    public uint Type { get; private set; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes to the next chunk.</summary>
    /// <exception cref="PngFormatException">There is no complete and correct chunk.</exception>
    public void MoveNext()
    {
        ReadOnlySpan<byte> rest = _file[_next..];
        Position = _next;
        if (rest.Length < OverheadBytes) throw CutShort(rest.Length, "the frame of a chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > int.MaxValue)
            throw new PngFormatException(PngFault.ChunkLength, Position,
                $"a chunk cannot have {length} bytes; the largest has {int.MaxValue}");
        if (length > rest.Length - OverheadBytes) throw CutShort(rest.Length, $"a chunk of {length} bytes");
        ReadOnlySpan<byte> typeAndBody = rest.Slice(4, (int)length + 4);
        Type = BinaryPrimitives.ReadUInt32BigEndian(typeAndBody);
        if (!PngChunkType.IsLetters(Type))
            throw new PngFormatException(PngFault.ChunkType, Position + 4,
                $"expected a chunk type of four letters, found {PngChunkType.Name(Type)}");
        uint stated = BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]);
        uint actual = Crc32.Of(typeAndBody);
        if (stated != actual)
            throw new PngFormatException(PngFault.Checksum, Position + 8 + (long)length,
                $"chunk {PngChunkType.Name(Type)} states checksum {stated:X8}, its bytes have {actual:X8}");
        Body = typeAndBody[4..];
        _next += (int)length + OverheadBytes;
    }

    /// <summary>What a chunk holds that was visited before.</summary>
    public static ReadOnlySpan<byte> BodyAt(ReadOnlySpan<byte> file, int position) =>
        file.Slice(position + 8, BinaryPrimitives.ReadInt32BigEndian(file[position..]));

    private readonly PngFormatException CutShort(int restBytes, string where) =>
        new(PngFault.Truncated, Position, restBytes == 0
            ? "the file ends where a chunk was expected"
            : $"the file ends inside {where}, {restBytes} bytes after it began");
}
