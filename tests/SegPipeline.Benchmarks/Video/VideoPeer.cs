using System.Runtime.CompilerServices;

namespace SegPipeline.Benchmarks.Video;

/// <summary>The script that does the work with Pillow and pycocotools' C code.</summary>
internal static class VideoPeer
{
    /// <summary>Its path.</summary>
    public static string Script { get; } = Find();

    private static string Find([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "video_peer.py");
}
