using SegPipeline.Detection;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Cli;

/// <summary>Opens what a user wants to look at.</summary>
internal static class ViewedInput
{
    /// <summary>Opens a dataset; of a pipeline file, what its first reader reads.</summary>
    /// <param name="name">The path as the user named it.</param>
    /// <param name="path">The full path.</param>
    /// <param name="format">The format that it must have; null for whatever it is.</param>
    /// <exception cref="BadDataException">There is no dataset, or it cannot be opened.</exception>
    public static ViewedDataset Open(string name, string path, string? format)
    {
        DetectedDataset found = DatasetDetection.Detect(path).Chosen(format);
        if (found.Reader is { } reader) return Open(name, reader, name, found.Seed, path);
        var node = found.Nodes.First(n => n.Stage is Reader);
        return Open($"{name}: what '{node.Name}' reads", (Reader)node.Stage, node.Name, found.Seed, path);
    }

    // The stage's own name and the seed are what generated scenes depend on.
    private static ViewedDataset Open(string shown, Reader reader, string stage, long seed, string path) =>
        new(shown, reader.Open(new StageContext(stage, seed)), RejectedSample.In(path));
}
