using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>What can be said of a photo's file without decoding it.</summary>
/// <param name="Header">Its header.</param>
/// <param name="CutShort">How it can be told that the file ends too early; null when it does not, as far as its format
/// tells.</param>
internal sealed record PhotoInspection(PhotoHeader Header, string? CutShort)
{
    private const int TailBytes = 4096;
    private const int RiffHeaderBytes = 8;

    /// <summary>Looks at the header and at the end of a photo.</summary>
    /// <remarks>A JPEG ends with a marker and a PNG with a chunk, a WebP says how long it is; of a BMP or TIFF nothing
    /// is known. What stands behind the end, as some cameras put it there, does no harm.</remarks>
    /// <exception cref="BadDataException">It cannot be opened (<c>MEDIA_MISSING</c>) or has no header
    /// (<c>MEDIA_FORMAT</c>).</exception>
    public static PhotoInspection Of(Photo photo, string name)
    {
        if (photo.FilePath is not { } path) return OfBytes(PhotoBytes.ReadAll(photo), name);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            using var reader = new HeaderReader(file, name);
            PhotoHeader header = PhotoHeader.Read(reader);
            // A chunk may say that it goes on behind the end of the file.
            long length = RandomAccess.GetLength(file), headerBytes = Math.Min(reader.Offset, length);
            byte[] start = header.Format == PhotoFormat.WebP ? Read(file, 0, RiffHeaderBytes) : [];
            // Mostly the last bytes tell; when they do not, something may stand behind the end.
            long tail = Math.Max(headerBytes, length - TailBytes);
            string? fault = Fault(header.Format, start, Read(file, tail, length), length);
            if (fault is not null && tail > headerBytes)
                fault = Fault(header.Format, start, Read(file, headerBytes, length), length);
            return new PhotoInspection(header, fault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PhotoFault.Missing(path, e);
        }
    }

    private static PhotoInspection OfBytes(byte[] bytes, string name)
    {
        using var reader = new HeaderReader(new MemoryStream(bytes, writable: false), name);
        PhotoHeader header = PhotoHeader.Read(reader);
        int headerBytes = (int)Math.Min(reader.Offset, bytes.Length);
        return new PhotoInspection(header, Fault(header.Format, bytes, bytes.AsSpan(headerBytes), bytes.Length));
    }

    private static string? Fault(
        PhotoFormat format, ReadOnlySpan<byte> start, ReadOnlySpan<byte> tail, long length) => format switch
        {
            PhotoFormat.Jpeg when tail.LastIndexOf([(byte)0xFF, (byte)0xD9]) < 0 =>
                "the JPEG has no end-of-image marker",
            PhotoFormat.Png when tail.LastIndexOf("IEND"u8) < 0 => "the PNG has no IEND chunk",
            PhotoFormat.WebP when RiffBytes(start) > length =>
                $"the WebP says that it has {RiffBytes(start)} bytes, the file has {length}",
            _ => null,
        };

    private static long RiffBytes(ReadOnlySpan<byte> start) =>
        RiffHeaderBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);

    private static byte[] Read(SafeFileHandle file, long from, long to)
    {
        byte[] bytes = new byte[Math.Min(Math.Max(0, to - from), Array.MaxLength)];
        int filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), from + filled) is > 0 and int got)
            filled += got;
        return bytes;
    }
}
