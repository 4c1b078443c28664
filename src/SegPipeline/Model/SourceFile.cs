using Microsoft.Win32.SafeHandles;

namespace SegPipeline.Model;

/// <summary>
/// A file that records are slices of: opened once, read by position from any thread. Its length is fixed when it is
/// opened; a file cut short afterwards is a <see cref="BadDataException"/>, not a crash.
/// </summary>
public sealed class SourceFile : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly ReadOnlyMemory<byte> _memory;

    private SourceFile(string path, SafeFileHandle? handle, ReadOnlyMemory<byte> memory, long lengthBytes)
    {
        Path = path;
        _handle = handle;
        _memory = memory;
        LengthBytes = lengthBytes;
    }

    /// <summary>Path as the user named it, for messages.</summary>
    public string Path { get; }

    /// <summary>Length in bytes when it was opened.</summary>
    public long LengthBytes { get; }

    /// <summary>Opens a file on disk for reading.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it, e.g. the path as the user wrote it; null for the path.</param>
    /// <exception cref="BadDataException">The file is missing or cannot be read.</exception>
    public static SourceFile Open(string path, string? name = null)
    {
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new SourceFile(name ?? path, handle, default, RandomAccess.GetLength(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadDataException(new Problem("FILE_UNREADABLE", "the file cannot be opened: " + e.Message)
            {
                File = name ?? path,
                Remedy = "check the path and its permissions",
            }, e);
        }
    }

    /// <summary>A file whose bytes are in memory; used by tests and by generated data.</summary>
    public static SourceFile FromMemory(string name, ReadOnlyMemory<byte> bytes) =>
        new(name, null, bytes, bytes.Length);

    /// <summary>Fills <paramref name="buffer"/> with the bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="BadDataException">The file ends before the buffer is full.</exception>
    public void ReadExactly(long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int got = Read(offset, buffer);
            if (got == 0)
                throw new BadDataException(new Problem("FILE_CUT_SHORT",
                    $"the file had {LengthBytes} bytes when it was opened and now ends at byte {offset}")
                {
                    File = Path,
                    ByteOffset = offset,
                    Remedy = "do not write to an input while it is read",
                });
            offset += got;
            buffer = buffer[got..];
        }
    }

    /// <summary>Reads up to a buffer full from <paramref name="offset"/> on.</summary>
    /// <returns>The number of bytes read; 0 at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        if (_handle is not null)
        {
            int got = RandomAccess.Read(_handle, buffer, offset);
            Telemetry.BytesRead.Add(got);
            return got;
        }
        if (offset >= _memory.Length) return 0;
        ReadOnlySpan<byte> rest = _memory.Span[(int)offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();
}

/// <summary>A JSON value as it stands in a source file, not yet read: where it begins and how long it is.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Offset">First byte of the value.</param>
/// <param name="LengthBytes">Number of bytes, without surrounding blanks.</param>
public readonly record struct JsonSlice(SourceFile File, long Offset, int LengthBytes)
{
    /// <summary>Reads the bytes of the value (UTF-8).</summary>
    public byte[] Load()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(LengthBytes);
        File.ReadExactly(Offset, bytes);
        return bytes;
    }

    /// <summary>Lays literal JSON text out as a slice of its own.</summary>
    public static JsonSlice FromText(string json)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(json);
        return new JsonSlice(SourceFile.FromMemory("(text)", bytes), 0, bytes.Length);
    }
}
