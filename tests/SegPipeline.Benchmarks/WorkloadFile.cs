using SegPipeline.Benchmarks.Workloads;

namespace SegPipeline.Benchmarks;

/// <summary>The COCO file that a benchmark works on: the one that is named, or one made once and kept.</summary>
internal static class WorkloadFile
{
    /// <summary>A file the size of Objects365 v2 val: 80,000 images, 1.2 million annotations, about 1 GB.</summary>
    public static string Full(string[] arguments, int at) =>
        Given(arguments, at, new Objects365File(80_000, 1_200_000));

    /// <summary>A tenth of it.</summary>
    public static string Tenth(string[] arguments, int at) =>
        Given(arguments, at, new Objects365File(8_000, 120_000));

    private static string Given(string[] arguments, int at, Objects365File file)
    {
        if (arguments.Length > at) return Path.GetFullPath(arguments[at]);
        string path = Path.Combine(Path.GetTempPath(), $"segpipe-objects365-{file.ImageCount}.json");
        if (File.Exists(path)) return path;
        string partial = path + ".partial";
        file.Write(partial);
        File.Move(partial, path);
        return path;
    }
}
