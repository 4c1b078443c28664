using Microsoft.Win32.SafeHandles;
using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Benchmarks.Photos;

/// <summary>Photos: headers, decoding, making them smaller.</summary>
internal static class PhotosBenchmark
{
    /// <summary>Measures and prints one row per piece of work.</summary>
    /// <param name="args">A folder of class folders of small JPEGs.</param>
    public static void Run(string[] args)
    {
        string[] small = Files(args[0], "*.jpg");
        Headers(small);
    }

    private static void Headers(string[] files)
    {
        double limit = Table.Rate(files.Length, () => Touch(files));
        PhotoFile[] photos = [.. files.Select(f => new PhotoFile(f))];
        Table.Write($"headers of {files.Length} small JPEGs, one core", files.Length, () =>
        {
            foreach (PhotoFile photo in photos) PhotoHeader.Read(photo, photo.FilePath);
        }, limit);
    }

    // What no reader of headers can do without: open, read once, close.
    private static void Touch(string[] files)
    {
        byte[] buffer = new byte[4096];
        foreach (string file in files)
        {
            using SafeFileHandle handle = File.OpenHandle(file);
            RandomAccess.Read(handle, buffer, 0);
        }
    }

    private static string[] Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
