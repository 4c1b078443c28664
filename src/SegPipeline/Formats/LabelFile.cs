using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>
/// A label image as it stands in a PNG: the index of an indexed one, the raw value of a grey one of 1 to 16 bits, and
/// of one that somebody saved as colours the index that a known palette has for the colour. Transparency and gamma
/// mean nothing here. Dispose it to hand its memory to the next.
/// </summary>
internal sealed class LabelFile : IDisposable
{
    private readonly PngImage _image;
    private readonly LabelImage<byte>? _indices;
    private readonly string _name;

    private LabelFile(string name, PngImage image, LabelImage<byte>? indices, Palette? palette)
    {
        _name = name;
        _image = image;
        _indices = indices;
        Palette = palette;
    }

    /// <summary>Height in pixels.</summary>
    public int HeightPx => _image.Header.HeightPx;

    /// <summary>Width in pixels.</summary>
    public int WidthPx => _image.Header.WidthPx;

    /// <summary>The colours of the labels; null for a grey image, which has none.</summary>
    public Palette? Palette { get; }

    /// <summary>True when the file has colours instead of labels, which were looked up in a palette.</summary>
    public bool IsOfColors => _indices is not null;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="colors">The palette of images that are stored as colours.</param>
    /// <exception cref="BadDataException">The file cannot be read, is no PNG or a damaged one, has an index beyond its
    /// palette, or a colour that is not in <paramref name="colors"/>.</exception>
    public static LabelFile Read(string path, string name, Palette colors)
    {
        using FileRent file = FileRent.Read(path, name);
        return Decode(file.Bytes, name, colors);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static LabelFile Decode(ReadOnlySpan<byte> file, string name, Palette colors)
    {
        try
        {
            PngImage image = PngReader.Read(file);
            switch (image.Header.ColorType)
            {
                case PngColorType.Grey:
                    return new LabelFile(name, image, null, null);
                case PngColorType.Palette:
                    return new LabelFile(name, image, null, image.Palette);
                case PngColorType.Rgb or PngColorType.Rgba when image.Header.BitDepth == 8:
                    using (image) return new LabelFile(name, image, ColorLabels.ToIndices(image, colors), colors);
                default:
                    using (image) throw Unusable(image.Header, name);
            }
        }
        catch (PngFormatException e)
        {
            throw Damaged(e, name);
        }
    }

    /// <summary>Takes the image apart into the masks of its labels.</summary>
    /// <param name="roles">Which labels are background and void.</param>
    public LabelRegions Split(LabelRoles roles)
    {
        if (_indices is not null) return LabelRegions.Of(_indices.Pixels, roles);
        return _image.Header.BitDepth == 16
            ? LabelRegions.Of(_image.Pixels16, roles)
            : LabelRegions.Of(_image.Pixels, roles);
    }

    /// <summary>The labels as pixels, of an image of at most 8 bits.</summary>
    /// <exception cref="BadDataException"><c>LABEL_FORMAT</c>: the labels have 16 bits.</exception>
    public RowMajorPixels<byte> Pixels => _indices is not null ? _indices.Pixels
        : _image.Header.BitDepth <= 8 ? _image.Pixels
        : throw new BadDataException(new Problem("LABEL_FORMAT", "expected labels of 8 bits, found 16")
        {
            File = _name,
            Remedy = "save the labels with 8 bits",
        });

    /// <inheritdoc/>
    public void Dispose() => _image.Dispose();

    /// <summary>A PNG that cannot be decoded, as a problem of its file.</summary>
    public static BadDataException Damaged(PngFormatException e, string name) =>
        new(new Problem(e.Code, e.Message)
        {
            File = name,
            ByteOffset = e.BytePosition > 0 ? e.BytePosition : null,
            Remedy = e.Code == PngFault.Color
                ? "name the palette that the colours come from, or save the labels as an indexed PNG"
                : "replace the file",
        }, e);

    private static BadDataException Unusable(PngHeader header, string name) => new(new Problem("LABEL_FORMAT",
        $"expected an indexed, grey or 8-bit colour PNG, found {header.ColorType} of {header.BitDepth} bits")
    {
        File = name,
        Remedy = "save the labels as an indexed or grey PNG",
    });
}
