using System.Collections.Immutable;

namespace SegPipeline.Releases;

/// <summary>
/// Names of input files that are the same on every machine: of a stage's only file its name, of several what stands
/// below the deepest folder that holds them all.
/// </summary>
internal static class InputNames
{
    /// <summary>Names inputs, in their order.</summary>
    public static IEnumerable<(InputDigest Input, string Name)> Of(ImmutableArray<InputDigest> inputs)
    {
        var folders = inputs.GroupBy(i => i.Node, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => CommonFolder(g.Select(i => i.Path)), StringComparer.Ordinal);
        return inputs.Select(i => (i, Path.GetRelativePath(folders[i.Node], i.Path).Replace('\\', '/')));
    }

    private static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (string path in paths)
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            common ??= folder;
            while (!IsWithin(folder, common)) common = Path.GetDirectoryName(common)!;
        }
        return common!;
    }

    private static bool IsWithin(string folder, string common) =>
        folder.StartsWith(common, StringComparison.Ordinal) &&
        (folder.Length == common.Length || Path.EndsInDirectorySeparator(common) ||
            folder[common.Length] == Path.DirectorySeparatorChar);
}
