using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks;

/// <summary>Reads a dataset and writes it into a release on one core, without an engine.</summary>
internal static class Rewrite
{
    private const int ChunkSamples = 64;

    /// <summary>Reads, changes and writes every sample.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="writer">Writes it.</param>
    /// <param name="change">What is done to each instance.</param>
    public static void Run(OpenDataset data, Writer writer, Func<Instance, Instance> change) =>
        Run(data.Info, data.Plan.Count, i =>
        {
            Sample sample = data.Read(i);
            return sample with { Instances = [.. sample.Instances.Select(change)] };
        }, writer);

    /// <summary>Writes samples.</summary>
    /// <param name="info">What is known of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="read">Gives one.</param>
    /// <param name="writer">Writes them.</param>
    public static void Run(DatasetInfo info, int count, Func<int, Sample> read, Writer writer)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("segpipe-bench-");
        try
        {
            string target = Path.Combine(folder.FullName, "out");
            using ReleaseFolder release = ReleaseFolder.Begin(target, configDigest: new string('0', 64));
            using OpenOutput output = writer.Open(info, release, new StageContext("bench", Seed: 1));
            for (int from = 0; from < count; from += ChunkSamples)
            {
                var chunk = new List<Sample>(ChunkSamples);
                for (int i = from; i < Math.Min(from + ChunkSamples, count); i++) chunk.Add(read(i));
                output.Append(output.Encode(chunk));
            }

            output.Finish();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
