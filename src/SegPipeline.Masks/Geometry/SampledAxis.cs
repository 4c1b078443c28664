namespace SegPipeline.Masks.Geometry;

/// <summary>Which source pixels along one axis a resized axis looks up.</summary>
internal readonly struct SampledAxis
{
    private readonly long _sourcePx;
    private readonly long _resizedPx;
    private readonly long _offset;

    /// <summary>An axis of some pixels made of one of others.</summary>
    public SampledAxis(int sourcePx, int resizedPx, SamplePoint point)
    {
        (_sourcePx, _resizedPx) = (sourcePx, resizedPx);
        _offset = point == SamplePoint.Centre ? 1 : 0;
    }

    /// <summary>The source pixel of a resized one: floor((2i + offset) * source / (2 * resized)).</summary>
    public int SourceOf(int resized) => (int)((2L * resized + _offset) * _sourcePx / (2 * _resizedPx));

    /// <summary>The first resized pixel whose source is not before the given one.</summary>
    public int FirstFrom(int source)
    {
        long halves = 2 * _resizedPx * source - _offset * _sourcePx;
        return halves <= 0 ? 0 : (int)((halves - 1) / (2 * _sourcePx) + 1);
    }
}
