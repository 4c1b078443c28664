using System.Security.Cryptography;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>Tells whether the files have changed that only one chunk depends on: pictures and label images.</summary>
/// <param name="plan">The plan.</param>
internal sealed class ChunkStamps(PipelinePlan plan)
{
    /// <summary>Digest of the sizes and times of a chunk's own files.</summary>
    /// <returns>The digest; null when it is not known which files these are.</returns>
    public string? Of(PlannedChunk chunk)
    {
        OpenDataset dataset = plan.Description.Datasets[Array.IndexOf(plan.Shape.SourceNodes, chunk.Node)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int entry in plan.Chunks.EntriesOf(chunk).Span)
        {
            if (FilesOf(dataset, entry) is not { } files) return null;
            foreach (string file in files)
                hash.AppendData(Encoding.Unicode.GetBytes($"{file}\n{JournalHeader.StateOf(file)}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>All files that only one plan entry depends on.</summary>
    public HashSet<string> OwnFiles()
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (OpenDataset dataset in plan.Description.Datasets)
            for (int entry = 0; entry < dataset.Plan.Count; entry++)
                own.UnionWith(FilesOf(dataset, entry) ?? []);
        return own;
    }

    private static IReadOnlyList<string>? FilesOf(OpenDataset dataset, int entry)
    {
        try
        {
            return dataset.FilesOf(entry);
        }
        catch (BadDataException)
        {
            // Whoever reads it will say what is wrong.
            return null;
        }
    }
}
