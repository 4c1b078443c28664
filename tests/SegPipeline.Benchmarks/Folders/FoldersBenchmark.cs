using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using SegPipeline.Engine;
using SegPipeline.Formats;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Folders;

/// <summary>Class folders of small photos: listing them, reading them into a COCO file, and their digests.</summary>
internal static class FoldersBenchmark
{
    private const int Workers = 2;

    /// <summary>Measures and prints one row per piece of work.</summary>
    /// <param name="args">A folder of class folders.</param>
    public static void Run(string[] args)
    {
        var root = InputPath.Of(args[0]);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("segpipe-bench-");
        try
        {
            var peer = new PythonPeer(Script(), root.FullPath, Path.Combine(scratch.FullName, "peer.json"));
            FolderListing listing = FolderListing.Of(root);
            string[] paths = [.. listing.Files.Select(listing.PathOf)];
            double enumerated = Table.Rate(paths.Length,
                () => _ = Directory.EnumerateFiles(root.FullPath, "*", SearchOption.AllDirectories).Count());
            double touched = Table.Rate(paths.Length, () => Parallel.ForEach(paths, Touch));
            Table.WriteBeside($"list {paths.Length} files with sizes, in order", paths.Length,
                () => FolderListing.Of(root), peer["names"], enumerated);
            Table.WriteBeside("class folders to COCO, two workers", paths.Length,
                () => ToCoco(root, scratch.FullName), peer["coco"], touched);
            Table.WriteBeside("SHA-256 of every file, all cores", paths.Length,
                () => FileDigests.Of(paths, CancellationToken.None), peer["digests"], touched);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void ToCoco(InputPath root, string scratch)
    {
        string text = $$"""
            segpipe: 1
            name: bench
            stages:
              all:    { read.kaggle_classes: { root: '{{root.FullPath}}' } }
              result: { write.coco: { file: instances.json } }
            release: { to: release }
            """;
        LoadedPipeline pipeline = PipelineFile.Parse(text, Path.Combine(scratch, "bench.yaml"));
        using ReleaseFolder release = ReleaseFolder.Begin(pipeline.ReleaseFolder!, pipeline.ConfigDigest);
        PipelineRun.ExecuteAsync(pipeline.Graph!, new RunOptions
        {
            Workers = Workers,
            Window = 4 * Workers,
            Release = release,
        }, CancellationToken.None).GetAwaiter().GetResult();
    }

    // What no reader of headers can do without: open, read once, close.
    private static void Touch(string file)
    {
        Span<byte> buffer = stackalloc byte[1024];
        using SafeFileHandle handle = File.OpenHandle(file);
        RandomAccess.Read(handle, buffer, 0);
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "folders_peer.py");
}
