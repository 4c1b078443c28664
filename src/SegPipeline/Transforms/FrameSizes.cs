using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Compares the frames of samples that are to be joined.</summary>
internal static class FrameSizes
{
    /// <summary>Fails unless both samples have the same number of frames, of the same sizes where both say.</summary>
    /// <exception cref="BadDataException">They differ; says of which sample, and both sizes.</exception>
    public static void CheckSame(Sample first, Sample second)
    {
        if (first.Frames.Length != second.Frames.Length)
            throw new BadDataException(new Problem("FRAME_COUNT",
                $"'{first.Key}' has {Counted.Of(first.Frames.Length, "frame")} in one input " +
                $"and {second.Frames.Length} in another")
            { Remedy = "give the inputs the same frames" });
        foreach ((Frame one, Frame other) in first.Frames.Zip(second.Frames))
            if (IsKnown(one) && IsKnown(other) && (one.WidthPx, one.HeightPx) != (other.WidthPx, other.HeightPx))
                throw new BadDataException(new Problem("SIZE_DIFFERS",
                    $"'{one.Name}' of '{first.Key}' is {Text(one)} in one input, '{other.Name}' is {Text(other)} "
                    + "in another (width x height)")
                { Remedy = "bring the inputs to one size; a mask is never resized silently" });
    }

    private static bool IsKnown(Frame frame) => frame is { WidthPx: > 0, HeightPx: > 0 };

    private static string Text(Frame frame) => FormattableString.Invariant($"{frame.WidthPx}x{frame.HeightPx}");
}
