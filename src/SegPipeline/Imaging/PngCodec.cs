using SegPipeline.Masks.Png;

namespace SegPipeline.Imaging;

/// <summary>PNG of 8 bits a sample, without loss.</summary>
public sealed class PngCodec : IPhotoCodec
{
    /// <inheritdoc/>
    public string FileExtension => ".png";

    /// <inheritdoc/>
    public byte[] Encode(RgbPixels pixels) =>
        PngWriter.EncodePhoto(pixels.RowMajor, pixels.HeightPx, pixels.WidthPx, PngCompression.Balanced);

    /// <inheritdoc/>
    /// <remarks>Grey and palette pictures become colours; 16 bits are cut to the upper 8; transparency is
    /// ignored.</remarks>
    public RgbPixels Decode(byte[] file, string name)
    {
        try
        {
            PngHeader header = PngHeader.Read(file);
            PhotoFault.CheckSize(name, header.WidthPx, header.HeightPx);
            using PngImage image = PngReader.Read(file, 8 * RgbPixels.MaxPixels);
            return PngColours.ToRgb(image);
        }
        catch (PngFormatException e)
        {
            throw PhotoFault.Format(name, "the PNG cannot be decoded: " + e.Message, e.BytePosition, e);
        }
    }
}
