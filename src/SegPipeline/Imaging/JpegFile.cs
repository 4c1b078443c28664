using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>What must hold of a JPEG before it is decoded, whatever decodes it.</summary>
internal static class JpegFile
{
    /// <summary>The frame header of a file that can be decoded.</summary>
    /// <exception cref="BadDataException">It is no JPEG, damaged or cut short, has a colour space or precision that is
    /// not decoded (<c>MEDIA_FORMAT</c>), or is too large (<c>MEDIA_SIZE</c>).</exception>
    public static JpegFrame Check(byte[] file, string name)
    {
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        if (header.Format != PhotoFormat.Jpeg)
            throw PhotoFault.Format(name, $"a JPEG is expected, found a {header.Format}");
        JpegFrame frame = JpegHeader.ReadFrame(file, name, out int end);
        PhotoFault.CheckSize(name, frame.WidthPx, frame.HeightPx);
        if (frame.BitsPerSample != 8)
            throw Unsupported(name, $"the JPEG has {frame.BitsPerSample} bits a sample, only 8 are decoded");
        if (frame.Components is not (1 or 3))
            throw Unsupported(name,
                $"the JPEG has {frame.Components} components (4 are CMYK), only 1 and 3 are decoded");
        // Among the coded pixels a zero follows every FF that is no marker, so what is found is a marker.
        if (file.AsSpan(end).LastIndexOf([(byte)0xFF, (byte)0xD9]) < 0)
            throw PhotoFault.Format(name, "the JPEG is cut short: it has no end-of-image marker", file.Length);
        return frame;
    }

    private static BadDataException Unsupported(string name, string message) =>
        new(new Problem("MEDIA_FORMAT", message)
        {
            File = name,
            Remedy = "convert it to RGB of 8 bits, or copy it without making it smaller",
        });
}
