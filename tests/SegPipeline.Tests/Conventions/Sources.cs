using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>The repository's own source files, as the convention tests see them.</summary>
internal static class Sources
{
    /// <summary>Every C# file below a folder, as path relative to the root with forward slashes.</summary>
    public static IEnumerable<string> CSharp(string folder) =>
        Directory.EnumerateFiles(Path.Combine(SharedData.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(Relative)
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal))
            .Where(p => !p.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(SharedData.Root, relativePath));

    private static string Relative(string path) =>
        Path.GetRelativePath(SharedData.Root, path).Replace('\\', '/');
}
