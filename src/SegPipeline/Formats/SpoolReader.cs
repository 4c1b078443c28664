using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Where the text of a record is.</summary>
/// <param name="FileNumber">Number of its file; -1 for the scratch file.</param>
/// <param name="Offset">First byte.</param>
/// <param name="LengthBytes">Number of bytes.</param>
internal readonly record struct SpoolPlace(int FileNumber, long Offset, int LengthBytes)
{
    /// <summary>The byte behind the last.</summary>
    public long End => Offset + LengthBytes;
}

/// <summary>Fetches the text of records; those that follow each other closely in a file come in one read.</summary>
internal sealed class SpoolReader(IReadOnlyList<SourceFile> files, FileStream? scratch) : IDisposable
{
    private const int ReadBytes = 1 << 20;
    private const int MaxGapBytes = 1 << 14;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
    private SpoolPlace _read = new(int.MinValue, 0, 0);

    /// <summary>Reads record number <paramref name="from"/> and as many of those behind it as lie close by.</summary>
    /// <param name="from">Number of the record that is needed now.</param>
    /// <param name="count">Number of records.</param>
    /// <param name="placeOf">Where a record is, by its number.</param>
    public void Ahead(int from, int count, Func<int, SpoolPlace> placeOf)
    {
        SpoolPlace first = placeOf(from);
        if (Holds(first)) return;
        long end = first.End;
        for (int i = from + 1; i < count; i++)
        {
            SpoolPlace next = placeOf(i);
            if (next.FileNumber != first.FileNumber || next.Offset < end) break;
            if (next.Offset - end > MaxGapBytes || next.End - first.Offset > ReadBytes) break;
            end = next.End;
        }

        Fetch(first with { LengthBytes = (int)(end - first.Offset) });
    }

    /// <summary>The text of a record that was read.</summary>
    public ReadOnlySpan<byte> Text(SpoolPlace place) =>
        _buffer.AsSpan((int)(place.Offset - _read.Offset), place.LengthBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Holds(SpoolPlace place) =>
        place.FileNumber == _read.FileNumber && place.Offset >= _read.Offset && place.End <= _read.End;

    private void Fetch(SpoolPlace range)
    {
        if (range.LengthBytes > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(range.LengthBytes);
        }

        Span<byte> target = _buffer.AsSpan(0, range.LengthBytes);
        if (range.FileNumber < 0) ReadScratch(range.Offset, target);
        else files[range.FileNumber].ReadExactly(range.Offset, target);
        _read = range;
    }

    private void ReadScratch(long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            int got = RandomAccess.Read(scratch!.SafeFileHandle, target, offset);
            if (got == 0) throw new EndOfStreamException("the scratch file is shorter than what was written to it");
            target = target[got..];
            offset += got;
        }
    }
}
