using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>Compares the datasets that two releases hold: what each writer of the one wrote with what that of the same
/// name, or else the first of the same format, wrote into the other.</summary>
/// <param name="before">The first release.</param>
/// <param name="after">The second.</param>
/// <param name="files">The files that differ.</param>
/// <param name="mostKept">How many changes of each kind are kept.</param>
internal sealed class WrittenDatasets(
    ReleaseFacts before, ReleaseFacts after, IReadOnlyList<FileChange> files, int mostKept)
{
    private readonly Dictionary<string, FileRecord> _records = new(StringComparer.Ordinal);

    /// <summary>By the name of a file that both have, the record at which it begins to differ.</summary>
    public IReadOnlyDictionary<string, FileRecord> Records => _records;

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
            FindRecords(second);
            return written with { Difference = new DatasetComparison(first, second, mostKept).Compare(cancel) };
        }
        catch (BadDataException e)
        {
            return written with { NotCompared = e.Problems[0].ToString() };
        }
    }

    // Only files of which somebody has looked where they begin to differ.
    private void FindRecords(OpenDataset dataset)
    {
        foreach (FileChange file in files.Where(f => f.First is not null && !_records.ContainsKey(f.Name)))
            if (FileOrigins.RecordAt(
                dataset, after.Folder.Below(ReleaseName.From(file.Name)), file.First!.ByteOffset) is { } record)
                _records.Add(file.Name, record);
    }

    /// <summary>The datasets of a release for which there is a reader, as its <c>pipeline.yaml</c> tells.</summary>
    private static List<Written> WrittenIn(ReleaseFacts release)
    {
        return release.Graph is null ? [] : [..
            from node in release.Graph.Nodes
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
