namespace SegPipeline.Benchmarks.Video;

/// <summary>A video dataset of any length, made of a short one by links.</summary>
internal static class RepeatedVideos
{
    /// <summary>Links to the frames of videos, again and again under other names, until there are enough.</summary>
    /// <param name="videos">A folder with a folder of PNGs for each video.</param>
    /// <param name="target">The folder to make.</param>
    /// <param name="frames">How many frames it gets.</param>
    /// <returns>The folder that was made.</returns>
    public static string Link(string videos, string target, int frames)
    {
        string[] folders = [.. Directory.GetDirectories(videos).Order(StringComparer.Ordinal)];
        for (int i = 0; frames > 0; i++)
        {
            string video = folders[i % folders.Length];
            string linked = Path.Combine(target, $"{Path.GetFileName(video)}-{i / folders.Length}");
            Directory.CreateDirectory(linked);
            foreach (string frame in Directory.GetFiles(video, "*.png").Order(StringComparer.Ordinal).Take(frames))
            {
                File.CreateSymbolicLink(Path.Combine(linked, Path.GetFileName(frame)), Path.GetFullPath(frame));
                frames--;
            }
        }
        return target;
    }
}
