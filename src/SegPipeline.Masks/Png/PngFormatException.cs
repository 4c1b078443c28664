namespace SegPipeline.Masks.Png;

/// <summary>A PNG file is malformed, or larger than the reader was told to accept.</summary>
public sealed class PngFormatException : FormatException
{
    internal PngFormatException(string code, long bytePosition, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        BytePosition = bytePosition;
    }

    /// <summary>Short stable word in capitals: one of <see cref="PngFault"/>.</summary>
    public string Code { get; }

    /// <summary>Position in the file, in bytes from 0, of the chunk or field that is wrong.</summary>
    public long BytePosition { get; }
}
