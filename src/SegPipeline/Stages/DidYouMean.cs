namespace SegPipeline.Stages;

/// <summary>Finds the word a user probably meant.</summary>
internal static class DidYouMean
{
    /// <summary><c>did you mean 'x'?</c>, or null when no candidate is near.</summary>
    public static string? Hint(string found, IEnumerable<string> candidates) =>
        Closest(found, candidates) is { } word ? $"did you mean '{word}'?" : null;

    /// <summary>
    /// The hint of <see cref="Hint"/>, or the candidates themselves when none is near and there are few enough to read.
    /// </summary>
    public static string? HintOrList(string found, IReadOnlyList<string> candidates)
    {
        const int fewEnough = 12;
        if (Hint(found, candidates) is { } hint) return hint;
        return candidates.Count is 0 or > fewEnough ? null : "known: " + string.Join(", ", candidates);
    }

    /// <summary>The nearest candidate, the ordinally first of several; null when all are too far.</summary>
    public static string? Closest(string found, IEnumerable<string> candidates)
    {
        // One slip in a short word, about one in three letters of a long one.
        int best = Math.Max(1, found.Length / 3) + 1;
        string? closest = null;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - found.Length) >= best) continue;
            int distance = Distance(found.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance >= best || distance >= candidate.Length) continue;
            best = distance;
            closest = candidate;
        }
        return closest;
    }

    /// <summary>
    /// Fewest insertions, deletions, substitutions and swaps of neighbours that turn one word into the other, no part
    /// edited twice.
    /// </summary>
    /// <remarks>Optimal string alignment, the restricted form of F. Damerau, "A technique for computer detection and
    /// correction of spelling errors", CACM 7(3), 1964.</remarks>
    public static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] above = new int[b.Length + 1];
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) above[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(substituted, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[b.Length];
    }
}
