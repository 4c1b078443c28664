namespace SegPipeline.Masks;

/// <summary>The one form of run lengths that stands for given pixels, and its hash.</summary>
internal static class RunForm
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>True when there is at least one length and none but the first is 0.</summary>
    public static bool IsCanonical(ReadOnlySpan<uint> counts) => counts.Length > 0 && !counts[1..].Contains(0u);

    /// <summary>The same pixels with runs of length 0 joined to their neighbours.</summary>
    public static Mask Canonical(Mask mask)
    {
        var runs = new RunBuilder(mask.Counts.Length);
        uint index = 0;
        foreach (uint count in mask.Counts) runs.Toggle(index += count);
        return runs.Build(mask.HeightPx, mask.WidthPx);
    }

    /// <summary>FNV-1a over whole 32-bit words instead of bytes: height, width, then the lengths.</summary>
    public static ulong Hash(int heightPx, int widthPx, ReadOnlySpan<uint> counts)
    {
        ulong hash = (FnvOffset ^ (uint)heightPx) * FnvPrime;
        hash = (hash ^ (uint)widthPx) * FnvPrime;
        foreach (uint count in counts) hash = (hash ^ count) * FnvPrime;
        return hash ^ (hash >> 32);
    }
}
