namespace SegPipeline.Statistics;

/// <summary>
/// Bins of relative mask sizes, the square root of mask area over picture area, on a logarithmic scale: four to each
/// factor of two. Bin 0 reaches up to 1, bin -4 up to 1/2, bin -40 up to 1/1024; a mask that covers its picture is in
/// bin 0, one that is said to be larger in bin 1, one without a pixel in <see cref="Nothing"/>.
/// </summary>
/// <remarks>The scale of figure 3 of Gu et al., "DaTaSeg: Taming a Universal Multi-Dataset Multi-Task Segmentation
/// Model", NeurIPS 2023. Bins are found by comparing numbers, never by a logarithm, whose last digit depends on the
/// machine.</remarks>
public static class SizeBins
{
    /// <summary>Bins to a factor of two.</summary>
    public const int PerOctave = 4;

    /// <summary>The bin of masks without a pixel.</summary>
    public const int Nothing = -PerOctave * MostOctaves;

    private const int MostOctaves = 16;
    private const double RootOfTwo = 1.4142135623730951;

    /// <summary>The bin of a mask.</summary>
    /// <param name="areaPx">Its area in pixels.</param>
    /// <param name="pixels">Number of pixels of the picture, above 0.</param>
    public static int Of(double areaPx, double pixels)
    {
        double share = areaPx / pixels;
        if (!(share > 0)) return Nothing;
        if (share >= 1) return share > 1 ? 1 : 0;
        int power = Math.ILogB(share);
        // The root halves the exponent, so that a factor of two of the share is two bins.
        int bin = 2 * power + (Math.ScaleB(share, -power) >= RootOfTwo ? 2 : 1);
        return Math.Max(bin, Nothing + 1);
    }

    /// <summary>The largest relative size of a bin.</summary>
    public static double UpperEdge(int bin) => Math.Pow(2, (double)bin / PerOctave);
}
