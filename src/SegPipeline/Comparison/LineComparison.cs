namespace SegPipeline.Comparison;

/// <summary>Compares two short texts line by line.</summary>
internal static class LineComparison
{
    private const long MostCells = 4_000_000;

    /// <summary>The lines that only one of the texts has, in order, with <c>- </c> or <c>+ </c> before them: as few as
    /// there can be, by their longest common subsequence.</summary>
    public static IReadOnlyList<string> Compare(string[] before, string[] after)
    {
        int begin = before.AsSpan().CommonPrefixLength(after);
        before = before[begin..];
        after = after[begin..];
        if ((before.Length + 1L) * (after.Length + 1L) > MostCells)
            return [.. before.Select(line => "- " + line), .. after.Select(line => "+ " + line)];
        int[,] common = CommonLengths(before, after);
        var lines = new List<string>();
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add("- " + before[i++]);
            else lines.Add("+ " + after[j++]);
        }
        return lines;
    }

    /// <summary>The length of the longest common subsequence of what follows each pair of places.</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
            for (int j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }
}
