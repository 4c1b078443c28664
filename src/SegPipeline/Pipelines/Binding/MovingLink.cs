using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// A link to a folder beside it, such as <c>current -> 20261128T023000Z</c>: the name of whatever is the latest. It is
/// followed once, when the pipeline is loaded, so that a run reads one release although the link is switched meanwhile.
/// Links to places elsewhere are left as they are, and so are links to files.
/// </summary>
internal static class MovingLink
{
    /// <summary>The path with such links followed; its text stays as written.</summary>
    public static InputPath Follow(InputPath path) => path with { FullPath = Follow(path.FullPath) };

    private static string Follow(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        string here = Path.Combine(Follow(parent), Path.GetFileName(path));
        return TargetOf(here) is { } target ? Follow(target) : here;
    }

    private static string? TargetOf(string path)
    {
        var link = new DirectoryInfo(path);
        return link.LinkTarget is { } target && Path.GetFileName(target) == target && link.Exists
            ? Path.Combine(Path.GetDirectoryName(path)!, target)
            : null;
    }
}
