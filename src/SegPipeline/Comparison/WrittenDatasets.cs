using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>Compares the datasets that two releases hold: what each writer of the one wrote with what that of the same
/// name, or else the first of the same format, wrote into the other.</summary>
/// <param name="before">The first release.</param>
/// <param name="after">The second.</param>
/// <param name="mostKept">How many changes of each kind are kept.</param>
internal sealed class WrittenDatasets(ReleaseFacts before, ReleaseFacts after, int mostKept)
{
    private sealed record Written(string Stage, Writer Writer, Reader Reader);

    /// <summary>Compares them; what is in files that are the same is left out.</summary>
    public ImmutableArray<WrittenDifference> Compare(CancellationToken cancel)
    {
        List<Written> olds = WrittenIn(before);
        var differences = ImmutableArray.CreateBuilder<WrittenDifference>();
        foreach (Written now in WrittenIn(after))
        {
            Type format = now.Writer.GetType();
            Written? old = olds.Find(w => w.Stage == now.Stage && w.Writer.GetType() == format)
                ?? olds.Find(w => w.Writer.GetType() == format);
            if (old is null) continue;
            olds.Remove(old);
            if (Compare(old, now, cancel) is { } difference) differences.Add(difference);
        }
        return differences.ToImmutable();
    }

    private WrittenDifference? Compare(Written old, Written now, CancellationToken cancel)
    {
        var written = new WrittenDifference(now.Stage, StageAttribute.NameOf(now.Writer));
        try
        {
            using OpenDataset first = old.Reader.Open(new StageContext(old.Stage, Seed: 0));
            using OpenDataset second = now.Reader.Open(new StageContext(now.Stage, Seed: 0));
            var digests = (DigestsOf(first, before), DigestsOf(second, after));
            if (digests is ({ } olds, { } news) && olds.SequenceEqual(news)) return null;
            return written with { Difference = new DatasetComparison(first, second, mostKept).Compare(cancel) };
        }
        catch (BadDataException e)
        {
            return written with { NotCompared = e.Problems[0].ToString() };
        }
    }

    /// <summary>The datasets of a release for which there is a reader, as its <c>pipeline.yaml</c> tells.</summary>
    private static List<Written> WrittenIn(ReleaseFacts release)
    {
        string path = Path.Combine(release.Folder.FullPath, ReleaseNames.Pipeline.Value);
        // Where its inputs lay does not matter now.
        PipelineGraph? graph = PipelineFile.Load(path, new LoadOptions { Environment = _ => "unknown" }).Graph;
        return graph is null ? [] : [..
            from node in graph.Nodes
            let writer = node.Stage as Writer
            where writer is not null
            let reader = writer.ReadBack(release.Folder)
            where reader is not null
            select new Written(node.Name, writer, reader)];
    }

    /// <summary>What the manifest says of the files of a dataset; null when it does not have all of them.</summary>
    private static List<(string, FileDigest)>? DigestsOf(OpenDataset dataset, ReleaseFacts release)
    {
        var digests = new List<(string, FileDigest)>(dataset.InputFiles.Count);
        foreach (string path in dataset.InputFiles)
        {
            string name = Path.GetRelativePath(release.Folder.FullPath, path).Replace('\\', '/');
            if (!release.Files.TryGetValue(name, out FileDigest digest)) return null;
            digests.Add((name, digest));
        }
        return digests;
    }
}
