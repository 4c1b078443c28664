using System.Runtime.CompilerServices;

namespace SegPipeline.Tests.Support;

/// <summary>Folders outside the repository that some tests read, and the root of the repository itself.</summary>
internal static class SharedData
{
    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Real dataset files, or null where they are absent.</summary>
    public static string? Data { get; } = Existing("SEGPIPELINE_SHARED_DATA", "data");

    /// <summary>Results of the reference tools, or null where they are absent.</summary>
    public static string? Golden { get; } = Existing("SEGPIPELINE_GOLDEN", "golden");

    private static string? Existing(string variable, string folder)
    {
        string path = Environment.GetEnvironmentVariable(variable) ?? Path.Combine(Root, "..", "shared", folder);
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

/// <summary>A test over the reference results; skipped, visibly, where they are absent.</summary>
internal sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute() =>
        Skip = SharedData.Golden is null ? "no reference results here: set SEGPIPELINE_GOLDEN to their folder" : null;
}

/// <summary>A test over real dataset files; skipped, visibly, where they are absent.</summary>
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute() =>
        Skip = SharedData.Data is null ? "no real data here: set SEGPIPELINE_SHARED_DATA to its folder" : null;
}

/// <summary>A theory over real dataset files; skipped, visibly, where they are absent.</summary>
internal sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute() =>
        Skip = SharedData.Data is null ? "no real data here: set SEGPIPELINE_SHARED_DATA to its folder" : null;
}
