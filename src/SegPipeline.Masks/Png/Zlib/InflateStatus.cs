namespace SegPipeline.Masks.Png.Zlib;

/// <summary>How the inflating of a zlib stream ended.</summary>
internal enum InflateStatus
{
    /// <summary>The stream held exactly as many bytes as expected, and its checksum is right.</summary>
    Complete,

    /// <summary>The stream ended properly with fewer bytes.</summary>
    TooShort,

    /// <summary>The stream holds more bytes.</summary>
    TooLong,

    /// <summary>The input ended in the middle of the stream.</summary>
    CutOff,

    /// <summary>The two bytes at the start are not those of a zlib stream that a PNG can have.</summary>
    BadHeader,

    /// <summary>A block is of the unknown type, its codes are no codes, or its lengths contradict each other.</summary>
    BadBlock,

    /// <summary>The bits are no code of the block.</summary>
    BadCode,

    /// <summary>A match points to before the start.</summary>
    BadDistance,

    /// <summary>The checksum is not that of the bytes.</summary>
    BadChecksum,
}
