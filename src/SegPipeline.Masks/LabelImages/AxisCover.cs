namespace SegPipeline.Masks.LabelImages;

/// <summary>
/// The source pixels along one axis that a resized pixel covers. Lengths are in parts of a source pixel, of which there
/// are as many as the resized axis has pixels, so that all of them are whole numbers and the weights of a pixel sum to
/// the length of the source axis.
/// </summary>
/// <param name="First">First source pixel that is covered.</param>
/// <param name="Last">Last source pixel that is covered.</param>
/// <param name="FirstWeight">Parts covered of the first.</param>
/// <param name="LastWeight">Parts covered of the last; the same as of the first when it is the same pixel.</param>
/// <param name="InnerWeight">Parts of any pixel between them: all.</param>
/// <param name="Centre">The source pixel that holds the resized pixel's centre.</param>
internal readonly record struct AxisCover(
    int First, int Last, long FirstWeight, long LastWeight, long InnerWeight, int Centre)
{
    /// <summary>What every pixel of a resized axis covers.</summary>
    public static AxisCover[] Of(int sourcePx, int resizedPx)
    {
        var covers = new AxisCover[resizedPx];
        for (int i = 0; i < resizedPx; i++)
        {
            long start = (long)i * sourcePx, end = start + sourcePx;
            long first = start / resizedPx, last = (end - 1) / resizedPx;
            long firstWeight = Math.Min((first + 1) * resizedPx, end) - start;
            long lastWeight = end - Math.Max(last * resizedPx, start);
            covers[i] = new AxisCover(
                (int)first, (int)last, firstWeight, lastWeight, resizedPx, CentreOf(i, sourcePx, resizedPx));
        }
        return covers;
    }

    /// <summary>The source pixel that holds the centre of a resized pixel; the latter of two it is between.</summary>
    public static int CentreOf(int index, int sourcePx, int resizedPx) =>
        (int)((2L * index + 1) * sourcePx / (2L * resizedPx));

    /// <summary>Parts covered of a source pixel between <see cref="First"/> and <see cref="Last"/>.</summary>
    public long WeightOf(int source) => source == First ? FirstWeight : source == Last ? LastWeight : InnerWeight;
}
