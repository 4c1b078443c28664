namespace SegPipeline.Masks.Png;

/// <summary>The codes of <see cref="PngFormatException"/>.</summary>
public static class PngFault
{
    /// <summary>The file does not begin with the eight bytes of every PNG.</summary>
    public const string Signature = "PNG_SIGNATURE";

    /// <summary>The file ends in the middle of a chunk or before IEND.</summary>
    public const string Truncated = "PNG_TRUNCATED";

    /// <summary>The checksum of a chunk is not that of its bytes.</summary>
    public const string Checksum = "PNG_CRC";

    /// <summary>A chunk is missing, doubled, or not where it must be.</summary>
    public const string ChunkOrder = "PNG_CHUNK_ORDER";

    /// <summary>The length of a chunk is not one that it can have.</summary>
    public const string ChunkLength = "PNG_CHUNK_LENGTH";

    /// <summary>A chunk that a reader must understand is of an unknown type, or the type is not four letters.</summary>
    public const string ChunkType = "PNG_CHUNK_TYPE";

    /// <summary>A colour type, bit depth or method (compression, filter, interlace) that does not exist.</summary>
    public const string Header = "PNG_HEADER";

    /// <summary>Width or height is 0, or the picture is larger than accepted.</summary>
    public const string Size = "PNG_SIZE";

    /// <summary>The palette is missing, or has an impossible number of entries.</summary>
    public const string Palette = "PNG_PALETTE";

    /// <summary>A pixel has a palette index for which there is no entry.</summary>
    public const string PaletteIndex = "PNG_PALETTE_INDEX";

    /// <summary>A pixel has a colour that is not in the palette it is looked up in.</summary>
    public const string Color = "PNG_COLOR";

    /// <summary>The compressed data cannot be inflated.</summary>
    public const string Deflate = "PNG_DEFLATE";

    /// <summary>The compressed data ends before the last row.</summary>
    public const string DataShort = "PNG_DATA_SHORT";

    /// <summary>The compressed data goes on after the last row.</summary>
    public const string DataLong = "PNG_DATA_LONG";

    /// <summary>A row names a filter other than 0 to 4.</summary>
    public const string Filter = "PNG_FILTER";
}
