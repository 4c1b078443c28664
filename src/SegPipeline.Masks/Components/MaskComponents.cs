namespace SegPipeline.Masks.Components;

/// <summary>The connected parts of a mask, found on its run lengths.</summary>
/// <remarks>
/// Runs of neighbouring columns that touch are joined in a union-find, so time and memory grow with the number of
/// runs and not with the number of pixels.
/// </remarks>
public static class MaskComponents
{
    /// <summary>Cuts a mask into its connected components.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="connectivity">Whether pixels that only share a corner are connected.</param>
    /// <returns>
    /// One mask of the same size for each component, ordered by the component's first pixel in column-major order
    /// (leftmost column, then topmost row); none for an empty mask. They are disjoint and their union is the mask.
    /// </returns>
    /// <exception cref="MaskFormatException">There are more runs than an array can hold (MASK_SIZE).</exception>
    public static IReadOnlyList<Mask> Split(Mask mask, Connectivity connectivity)
    {
        var runs = ColumnRuns.Of(mask);
        int[] component = RunForest.Label(runs, connectivity, out int count);
        if (count <= 1) return count == 0 ? [] : [mask.ToCanonical()];
        int[] firstRun = SortByComponent(component, count, out int[] sorted);
        Mask[] parts = new Mask[count];
        for (int i = 0; i < count; i++)
            parts[i] = Build(runs, sorted.AsSpan(firstRun[i], firstRun[i + 1] - firstRun[i]));
        return parts;
    }

    /// <summary>Counting sort: the runs of component i are sorted[first[i]] to sorted[first[i + 1] - 1].</summary>
    private static int[] SortByComponent(int[] component, int count, out int[] sorted)
    {
        int[] first = new int[count + 1];
        foreach (int i in component) first[i + 1]++;
        for (int i = 0; i < count; i++) first[i + 1] += first[i];
        int[] next = first[..count];
        sorted = new int[component.Length];
        for (int run = 0; run < component.Length; run++) sorted[next[component[run]]++] = run;
        return first;
    }

    private static Mask Build(ColumnRuns runs, ReadOnlySpan<int> own)
    {
        var builder = new RunBuilder(2 * own.Length);
        foreach (int run in own) builder.Fill(runs.Start(run), runs.End(run));
        return builder.Build(runs.HeightPx, runs.WidthPx);
    }
}
