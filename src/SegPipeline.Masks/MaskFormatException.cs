namespace SegPipeline.Masks;

/// <summary>Run lengths, a run-length string or a polygon that does not describe a mask.</summary>
public sealed class MaskFormatException : FormatException
{
    /// <summary>A malformed input.</summary>
    /// <param name="code">One of <see cref="MaskFault"/>.</param>
    /// <param name="position">Index of the character, count or coordinate at fault, from 0.</param>
    /// <param name="message">One sentence: what was expected and what was found.</param>
    public MaskFormatException(string code, long position, string message) : base(message)
    {
        Code = code;
        Position = position;
    }

    /// <summary>Short stable word in capitals: one of <see cref="MaskFault"/>.</summary>
    public string Code { get; }

    /// <summary>
    /// Where the fault is, from 0: the character of a string, the index of a count in a list, the index of a number in
    /// a polygon's coordinates; the length of the input when it ends too early; 0 when it is the size that is wrong.
    /// </summary>
    public long Position { get; }
}

/// <summary>The codes of <see cref="MaskFormatException"/>.</summary>
public static class MaskFault
{
    /// <summary>The run lengths do not sum to height times width.</summary>
    public const string Sum = "RLE_SUM";

    /// <summary>A character outside <c>0</c> (48) to <c>o</c> (111) in a run-length string.</summary>
    public const string Character = "RLE_CHAR";

    /// <summary>A run-length string that ends within a number.</summary>
    public const string Dangling = "RLE_DANGLING";

    /// <summary>A number of more than 13 characters in a run-length string.</summary>
    public const string TooLong = "RLE_TOO_LONG";

    /// <summary>A run length below 0 or above 2^32 - 1.</summary>
    public const string Range = "RLE_RANGE";

    /// <summary>A polygon of fewer than 6 numbers.</summary>
    public const string PolygonShort = "POLY_SHORT";

    /// <summary>A polygon of an odd number of numbers.</summary>
    public const string PolygonOdd = "POLY_ODD";

    /// <summary>A coordinate that is NaN or infinite.</summary>
    public const string PolygonNotFinite = "POLY_NOT_FINITE";

    /// <summary>A coordinate too far out to be filled exactly.</summary>
    public const string PolygonRange = "POLY_RANGE";

    /// <summary>A polygon of more coordinates, or crossing more pixel columns, than can be held.</summary>
    public const string PolygonTooLong = "POLY_TOO_LONG";

    /// <summary>A height or width below 0, more pixels than allowed, or sizes that should agree and do not.</summary>
    public const string Size = "MASK_SIZE";
}
