using SegPipeline.Cli.Commands;
using SegPipeline.Detection;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Stages;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Cli;

/// <summary>Opens what a user wants to look at.</summary>
internal static class ViewedInput
{
    private const string Pipeline = "pipeline";

    /// <summary>Opens a dataset; of a pipeline file, what one of its readers reads.</summary>
    /// <param name="name">The path as the user named it.</param>
    /// <param name="path">The full path.</param>
    /// <param name="stage">The reader of a pipeline file; null for its first.</param>
    /// <param name="detect">Finds the dataset where the path is no pipeline file.</param>
    /// <exception cref="BadDataException">There is no dataset, or it cannot be opened.</exception>
    /// <exception cref="BadKeysException">There is no reader of that name.</exception>
    public static ViewedDataset Open(string name, string path, string? stage, Func<DetectedDataset> detect)
    {
        var candidates = DatasetDetection.Detect(path).Candidates;
        if (candidates.Count > 0 && candidates[0].Format == Pipeline)
            return OpenPipeline(name, path, stage, candidates);
        if (stage is not null) throw new BadKeysException("--stage", [$"'{name}' is no pipeline file"]);
        DetectedDataset found = detect();
        return new ViewedDataset(
            name, found.Reader!.Open(new StageContext(name, found.Seed)), RejectedSample.In(path));
    }

    private static ViewedDataset OpenPipeline(
        string name, string path, string? stage, IReadOnlyList<DetectedDataset> outputs)
    {
        GraphNode[] readers =
        [
            .. outputs.SelectMany(o => o.Nodes).Where(n => n.Stage is Reader)
                .DistinctBy(n => n.Name, StringComparer.Ordinal),
        ];
        string names = string.Join(", ", readers.Select(r => $"'{r.Name}'"));
        GraphNode node = stage is null ? readers[0]
            : readers.FirstOrDefault(r => r.Name == stage) ?? throw new BadKeysException("--stage",
                [$"'{stage}' is no reader of {name}, which has {names}; what other stages make is in the release"]);
        // The stage's own name and the seed are what generated scenes depend on.
        var context = new StageContext(node.Name, outputs[0].Seed);
        return new ViewedDataset($"{name}: {node.Name}", ((Reader)node.Stage).Open(context), [])
        {
            Note = $"This is what the stage '{node.Name}' of {name} reads, not what the pipeline makes of it." +
                (readers.Length > 1 ? $" Its readers are {names}; choose one with --stage." : "") +
                $" To look at the result, run the pipeline and view its release{ReleaseOf(path)}.",
        };
    }

    private static string ReleaseOf(string pipeline) =>
        PipelineFile.Load(pipeline).ReleaseFolder is { } folder ? $": segpipe view {folder}" : "";
}
