namespace SegPipeline.Masks;

/// <summary>
/// What two pixels become: bit 2a + b says whether the result is foreground where the first mask is a and the second
/// is b. Bit 0 is never set: where both are background, so is the result.
/// </summary>
internal enum MergeRule
{
    /// <summary>First but not second.</summary>
    Difference = 0b0100,

    /// <summary>Exactly one.</summary>
    SymmetricDifference = 0b0110,

    /// <summary>Both.</summary>
    Intersection = 0b1000,

    /// <summary>Either.</summary>
    Union = 0b1110,
}

/// <summary>
/// Merges edges (see <see cref="RunEdges"/>) of masks of one size. Each list ends with two marks, the number of pixels,
/// which is above every edge; so a loop needs to ask for the end only once and may look one ahead.
/// </summary>
internal static class RunMerge
{
    /// <summary>Writes the edges of two combined masks and two end marks and returns their number.</summary>
    /// <param name="a">Edges of the first, strictly ascending, and two end marks.</param>
    /// <param name="b">Edges of the second, strictly ascending, and two end marks.</param>
    /// <param name="rule">How they are combined.</param>
    /// <param name="merged">Room for as much as both lists have together.</param>
    public static int Merge(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, MergeRule rule, Span<uint> merged)
    {
        long end = a[^1], edgeA = a[0], edgeB = b[0];
        int i = 0, j = 0, count = 0, was = 0;
        while (true)
        {
            // Without branches on the data, as nobody can predict which mask has the next edge, and with the next
            // edges loaded before it is known whether they are needed.
            long isABefore = Branchless.IfNegative(edgeA - edgeB), isBBefore = Branchless.IfNegative(edgeB - edgeA);
            long edge = edgeB + ((edgeA - edgeB) & isABefore);
            if (edge == end) break;
            edgeA += (a[i + 1] - edgeA) & ~isBBefore;
            edgeB += (b[j + 1] - edgeB) & ~isABefore;
            i += 1 + (int)isBBefore;
            j += 1 + (int)isABefore;
            merged[count] = (uint)edge;
            int now = ((int)rule >> (2 * (i & 1) + (j & 1))) & 1;
            count += now ^ was;
            was = now;
        }
        merged[count++] = (uint)end;
        merged[count++] = (uint)end;
        return count;
    }
}
