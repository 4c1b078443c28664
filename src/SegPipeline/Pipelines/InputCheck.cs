using SegPipeline.Pipelines.Binding;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines;

/// <summary>Looks for the files that a pipeline names.</summary>
internal static class InputCheck
{
    /// <summary>One problem for each path that is not there.</summary>
    public static IReadOnlyList<ConfigProblem> Run(string rootFile, IReadOnlyList<NamedPath> paths)
    {
        var problems = new ProblemList(rootFile);
        foreach (NamedPath named in paths)
        {
            string full = named.Path.FullPath;
            if (named.IsPattern && PathPattern.Expand(full).Count == 0)
                problems.Add(named.Place, $"nothing fits the pattern '{named.Path.Text}'", $"looked for {full}");
            else if (!named.IsPattern && !Path.Exists(full))
                problems.Add(named.Place, $"there is no file or folder '{named.Path.Text}'", HintFor(full));
        }
        return problems.Sorted();
    }

    private static string HintFor(string full)
    {
        string? folder = Path.GetDirectoryName(full);
        if (folder is not null && !Directory.Exists(folder)) return $"the folder {folder} does not exist";
        string? near = folder is null ? null : Closest(folder, Path.GetFileName(full));
        return near is null ? $"looked for {full}" : $"did you mean '{near}'?";
    }

    private static string? Closest(string folder, string name)
    {
        try
        {
            IEnumerable<string> there = Directory.EnumerateFileSystemEntries(folder);
            return DidYouMean.Closest(name, there.Select(f => Path.GetFileName(f)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
