using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// Turns the paths of pipeline files into paths on disk. A path is relative to the file it is written in; what is kept
/// as its text is relative to the pipeline file, so that the resolved pipeline stands alone.
/// </summary>
/// <param name="rootFile">The pipeline file as the user named it.</param>
internal sealed class PathScope(string rootFile)
{
    private readonly List<NamedPath> _named = [];

    /// <summary>Every input path read so far, in the order of reading.</summary>
    public IReadOnlyList<NamedPath> Named => _named;

    /// <summary>The folder of the pipeline file, absolute.</summary>
    public string RootFolder { get; } = FolderOf(rootFile);

    /// <summary>A path written at a place; one without a place is relative to the pipeline file.</summary>
    public InputPath Resolve(string text, SourcePlace place)
    {
        string folder = string.IsNullOrEmpty(place.File) ? RootFolder : FolderOf(place.File);
        string full = Path.GetFullPath(text, folder);
        bool asWritten = folder == RootFolder || Path.IsPathRooted(text);
        return new InputPath(asWritten ? text : Relative(RootFolder, full), full);
    }

    /// <summary>True for text that can be a path at all.</summary>
    public static bool IsPath(string text) => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>Notes that the pipeline reads a path.</summary>
    public void Note(NamedPath path) => _named.Add(path);

    /// <summary>The path from a folder to a file or folder, with forward slashes.</summary>
    public static string Relative(string fromFolder, string fullPath) =>
        Path.GetRelativePath(fromFolder, fullPath).Replace('\\', '/');

    /// <summary>The absolute folder a file is in.</summary>
    public static string FolderOf(string file)
    {
        string full = Path.GetFullPath(file);
        return Path.GetDirectoryName(full) ?? full;
    }
}
