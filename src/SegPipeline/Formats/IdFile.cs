using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>A PNG whose colours are numbers: red + 256 green + 65536 blue.</summary>
internal static class IdFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadDataException">The file cannot be read, is no PNG or a damaged one, or has no colours of 8
    /// bits.</exception>
    public static LabelImage<uint> Read(string path, string name)
    {
        using FileRent file = FileRent.Read(path, name);
        try
        {
            using PngImage image = PngReader.Read(file.Bytes);
            if (image.Header is { BitDepth: 8, ColorType: PngColorType.Rgb or PngColorType.Rgba })
                return ColorLabels.ToIds(image);
            throw new BadDataException(new Problem("LABEL_FORMAT",
                $"expected a PNG of 8-bit colours, found {image.Header.ColorType} of {image.Header.BitDepth} bits")
            {
                File = name,
                Remedy = "name the folder of the colour images, whose colours are the numbers of segments",
            });
        }
        catch (PngFormatException e)
        {
            throw LabelFile.Damaged(e, name);
        }
    }
}
