using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;

namespace SegPipeline.Cli.Scheduling;

/// <summary>Loads the pipeline of a job as the job's runs do.</summary>
internal static class JobPipeline
{
    /// <summary>Loads it.</summary>
    /// <param name="file">The pipeline file.</param>
    /// <param name="set">Values for its parameters.</param>
    /// <param name="folder">What relative paths among them are relative to.</param>
    /// <param name="releases">The folder of the job's releases.</param>
    public static LoadedPipeline Load(
        string file, IReadOnlyDictionary<string, string> set, string folder, string releases) =>
        PipelineFile.Load(file, new LoadOptions { Set = set, SetFolder = folder, ReleaseTo = releases });
}
