using System.IO.Enumeration;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>Names of the files that every release has, and the files that one really has.</summary>
public static class ReleaseNames
{
    /// <summary>What is in the release and how it was made.</summary>
    public static ReleaseName Manifest { get; } = ReleaseName.From("MANIFEST.json");

    /// <summary>A line per file for <c>sha256sum -c</c>.</summary>
    public static ReleaseName Checksums { get; } = ReleaseName.From("SHA256SUMS");

    /// <summary>The dataset card.</summary>
    public static ReleaseName Card { get; } = ReleaseName.From("README.md");

    /// <summary>The pipeline with all values filled in.</summary>
    public static ReleaseName Pipeline { get; } = ReleaseName.From("pipeline.yaml");

    /// <summary>The release as other programs read it: Croissant metadata.</summary>
    public static ReleaseName Croissant { get; } = ReleaseName.From("croissant.json");

    /// <summary>The report, of a release that has one.</summary>
    public static ReleaseName Report { get; } = ReleaseName.From("report.html");

    /// <summary>All of them: no writer can have them.</summary>
    internal static IReadOnlyList<ReleaseName> Reserved { get; } =
        [Manifest, Checksums, Card, Pipeline, Croissant, Report];

    /// <summary>True for a file that describes the release, rather than being what was written.</summary>
    public static bool Describes(ReleaseName name) => Reserved.Contains(name);

    /// <summary>
    /// Every file below a folder by its name relative to it, with forward slashes, in ordinal order. A link to a
    /// folder is one file here: what lies behind it does not belong to the release.
    /// </summary>
    internal static List<string> FilesIn(string folder)
    {
        var files = new FileSystemEnumerable<string>(
            folder,
            (ref FileSystemEntry e) => Path.GetRelativePath(folder, e.ToFullPath()).Replace('\\', '/'),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory || IsLink(ref e),
            ShouldRecursePredicate = (ref FileSystemEntry e) => !IsLink(ref e),
        };
        List<string> names = [.. files];
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
