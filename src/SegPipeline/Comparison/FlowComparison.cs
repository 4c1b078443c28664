using SegPipeline.Engine.Tracing;
using SegPipeline.Releases;

namespace SegPipeline.Comparison;

/// <summary>Compares what flowed through the runs that made two releases, by the traces beside these.</summary>
internal sealed class FlowComparison : IDisposable
{
    private readonly ReleaseFacts _before;
    private readonly ReleaseFacts _after;
    private readonly TraceFile? _first;
    private readonly TraceFile? _second;

    /// <summary>Opens the traces, as far as they are there.</summary>
    public FlowComparison(ReleaseFacts before, ReleaseFacts after)
    {
        (_before, _after) = (before, after);
        (_first, _second) = (Open(before), Open(after));
    }

    /// <summary>Finds the first difference.</summary>
    public FlowDifference Compare(CancellationToken cancel)
    {
        if (_first is null || _second is null)
            return new FlowDifference
            {
                NotCompared = $"{(_first is null ? _before : _after).Folder.Text} has no trace beside it that is its " +
                    "own (NAME.trace); every run leaves one, so run it again where it is to be compared stage by stage",
            };
        string[] readers = [.. ReadersOfOthers()];
        string[] placed = [.. readers.Intersect(
            _first.Header.PlacedReaders.Union(_second.Header.PlacedReaders), StringComparer.Ordinal)];
        if (placed.Length > 0)
            return new FlowDifference
            {
                NotCompared = $"'{placed[0]}' read other files, so what differs begins there; " +
                    "see the data for the samples",
            };
        return new FlowDifference
        {
            First = TraceComparison.Compare(
                _first, _second, readers.Length > 0 ? TracedInputs.Other : TracedInputs.Same, cancel),
        };
    }

    /// <summary>Finds the chunks in which samples passed, or which put files into the release.</summary>
    /// <param name="keys">Keys of samples.</param>
    /// <param name="files">Names of files.</param>
    /// <returns>By key or name, its chunk in the second run; in the first where that has no trace.</returns>
    public Dictionary<string, int> ChunksOf(IReadOnlySet<string> keys, IReadOnlySet<string> files)
    {
        var chunks = new Dictionary<string, int>(StringComparer.Ordinal);
        if (keys.Count + files.Count == 0 || (_second ?? _first) is not { } trace) return chunks;
        foreach ((int chunk, byte[] record) in trace.Records().Index())
            foreach (TracedPort port in TracedChunk.Load(record, trace.Header).Ports)
            {
                foreach (TracedSample sample in port.Samples)
                    if (keys.Contains(sample.Key)) chunks.TryAdd(sample.Key, chunk);
                foreach (string file in port.Files)
                    if (files.Contains(file)) chunks.TryAdd(file, chunk);
            }
        return chunks;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
    }

    // What stands beside a release stands beside the folder itself, not beside a link to it.
    private static TraceFile? Open(ReleaseFacts release)
    {
        var folder = new DirectoryInfo(release.Folder.FullPath);
        string path = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        return TraceFile.Open(ReleaseSiblings.TraceOf(path), release.ManifestSha256);
    }

    /// <summary>The readers that did not read the same files in both runs.</summary>
    private IEnumerable<string> ReadersOfOthers()
    {
        var common = _before.Inputs.Intersect(_after.Inputs).ToHashSet();
        return _before.Inputs.Concat(_after.Inputs).Where(input => !common.Contains(input))
            .Select(input => input.Stage).Distinct(StringComparer.Ordinal);
    }
}
