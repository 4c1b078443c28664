namespace SegPipeline.Masks.Components;

/// <summary>Which column runs of a mask are connected: a union-find, rooted at a component's first run.</summary>
/// <remarks>
/// Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 22 (1975), with path halving. Linking
/// towards the smaller index costs at most a logarithm and makes the numbering independent of the order of unions.
/// </remarks>
internal static class RunForest
{
    /// <summary>Numbers the components from 0, ordered by their first pixel in column-major order.</summary>
    /// <param name="runs">The runs of the mask.</param>
    /// <param name="connectivity">Whether touching corners connect.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <returns>The component of each run.</returns>
    public static int[] Label(ColumnRuns runs, Connectivity connectivity, out int componentCount)
    {
        int[] parent = new int[runs.Count];
        for (int run = 0; run < parent.Length; run++) parent[run] = run;
        JoinColumns(runs, connectivity == Connectivity.Eight ? 1 : 0, parent);
        componentCount = 0;
        for (int run = 0; run < parent.Length; run++)
            parent[run] = parent[run] == run ? componentCount++ : parent[parent[run]];
        return parent;
    }

    private static void JoinColumns(ColumnRuns runs, int reachPx, int[] parent)
    {
        int[] columns = runs.Column, tops = runs.Top, bottoms = runs.Bottom;
        int previous = 0;
        for (int run = 0; run < columns.Length; run++)
        {
            int column = columns[run], top = tops[run] - reachPx, bottom = bottoms[run] + reachPx;
            while (columns[previous] < column - 1) previous++;
            while (columns[previous] < column && bottoms[previous] <= top) previous++;
            for (int other = previous; columns[other] < column && tops[other] < bottom; other++)
                Join(parent, other, run);
        }
    }

    private static void Join(int[] parent, int a, int b)
    {
        a = Root(parent, a);
        b = Root(parent, b);
        if (a < b) parent[b] = a;
        else parent[a] = b;
    }

    private static int Root(int[] parent, int run)
    {
        while (parent[run] != run) run = parent[run] = parent[parent[run]];
        return run;
    }
}
