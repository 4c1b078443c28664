using System.Numerics;

namespace SegPipeline.Masks.Geometry;

/// <summary>
/// Which source pixels along one axis a resized axis covers. Lengths are in parts, chosen so that source pixels and
/// resized pixels are both a whole number of parts long.
/// </summary>
internal readonly struct CoveredAxis
{
    /// <summary>An axis of some pixels made of one of others; neither is 0.</summary>
    public CoveredAxis(int sourcePx, int resizedPx)
    {
        int common = (int)BigInteger.GreatestCommonDivisor(sourcePx, resizedPx);
        (SourceParts, PixelParts) = (resizedPx / common, sourcePx / common);
    }

    /// <summary>Length of a source pixel in parts.</summary>
    public long SourceParts { get; }

    /// <summary>Length of a resized pixel in parts.</summary>
    public long PixelParts { get; }

    /// <summary>The first resized pixel that a source pixel reaches into.</summary>
    public int First(int source) => (int)(source * SourceParts / PixelParts);

    /// <summary>The last resized pixel that a source pixel reaches into.</summary>
    public int Last(int source) => (int)(((source + 1) * SourceParts - 1) / PixelParts);

    /// <summary>The last source pixel that reaches into a resized pixel.</summary>
    public int LastSource(int resized) => (int)(((resized + 1) * PixelParts - 1) / SourceParts);

    /// <summary>Parts that a source pixel and a resized pixel share.</summary>
    public long Shared(int source, int resized) =>
        Math.Min((source + 1) * SourceParts, (resized + 1) * PixelParts) -
        Math.Max(source * SourceParts, resized * PixelParts);
}
