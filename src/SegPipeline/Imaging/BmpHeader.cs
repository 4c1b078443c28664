using System.Buffers.Binary;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Finds the size in a Windows bitmap.</summary>
/// <remarks>BITMAPFILEHEADER, then BITMAPCOREHEADER (12 bytes, 16-bit sizes) or BITMAPINFOHEADER and its longer
/// successors (32-bit sizes; a negative height says that rows are stored from the top).</remarks>
internal static class BmpHeader
{
    private const int CoreHeaderBytes = 12;
    private const int FileHeaderRestBytes = 12;

    /// <summary>Reads on from behind the first two bytes.</summary>
    /// <exception cref="BadDataException">The sizes make no sense, or the file ends.</exception>
    public static PhotoHeader Read(HeaderReader reader)
    {
        reader.Skip(FileHeaderRestBytes);
        uint headerBytes = reader.UInt32LittleEndian();
        if (headerBytes is not CoreHeaderBytes and (< 16 or > 4096))
            throw reader.Fault($"the BMP header is {headerBytes} bytes long");
        long widthPx, heightPx;
        if (headerBytes == CoreHeaderBytes)
        {
            ReadOnlySpan<byte> sizes = reader.Bytes(4);
            widthPx = BinaryPrimitives.ReadUInt16LittleEndian(sizes);
            heightPx = BinaryPrimitives.ReadUInt16LittleEndian(sizes[2..]);
        }
        else
        {
            widthPx = (int)reader.UInt32LittleEndian();
            heightPx = Math.Abs((long)(int)reader.UInt32LittleEndian());
        }
        return widthPx > 0 && heightPx is > 0 and <= int.MaxValue
            ? new PhotoHeader(PhotoFormat.Bmp, (int)widthPx, (int)heightPx, Orientation: 1)
            : throw reader.Fault($"the BMP header says {widthPx}x{heightPx}");
    }
}
