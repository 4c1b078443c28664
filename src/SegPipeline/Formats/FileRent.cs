using System.Buffers;
using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>All bytes of a small file, in a pooled array; dispose it to hand the array to the next file.</summary>
internal readonly struct FileRent : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _count;

    private FileRent(byte[] buffer, int count) => (_buffer, _count) = (buffer, count);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _count);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadDataException"><c>FILE_UNREADABLE</c>: it is missing, too long, or cannot be
    /// read.</exception>
    public static FileRent Read(string path, string name)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            long length = RandomAccess.GetLength(handle);
            if (length > Array.MaxLength) throw new IOException($"it has {length} bytes");
            byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
            int count = 0;
            for (int got = 1; got > 0 && count < length; count += got)
                got = RandomAccess.Read(handle, buffer.AsSpan(count, (int)length - count), count);
            Telemetry.BytesRead.Add(count);
            return new FileRent(buffer, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadDataException(new Problem("FILE_UNREADABLE", "the file cannot be read: " + e.Message)
            {
                File = name,
                Remedy = "check the path and its permissions",
            }, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
