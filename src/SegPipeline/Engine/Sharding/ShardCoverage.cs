using SegPipeline.Model;

namespace SegPipeline.Engine.Sharding;

/// <summary>Whether shards together have every chunk once.</summary>
/// <param name="found">The shards.</param>
/// <param name="chunks">Number of chunks of the run.</param>
internal sealed class ShardCoverage(ShardsFound found, int chunks)
{
    private const int MostTold = 10;

    private readonly Shard[] _shards =
        [.. found.Stores.Select(s => s.Shard).Where(s => s.ChunksOf(chunks).Count > 0)];

    /// <summary>Tells what is wrong: which shards have the same chunks, which are missing.</summary>
    public IEnumerable<Problem> Check()
    {
        if (Twice() is { } twice) yield return twice;
        if (Missing() is { Count: > 0 } missing) yield return Missing(missing);
    }

    /// <summary>The problem that some chunks are there twice; null when none is. Those of the number of shards that has
    /// most chunks are thought to be meant.</summary>
    private Problem? Twice()
    {
        var kept = new List<Shard>();
        var others = new List<(Shard Shard, Shard Kept)>();
        foreach (Shard shard in _shards.GroupBy(s => s.Of)
            .OrderByDescending(g => g.Sum(s => s.ChunksOf(chunks).Count)).SelectMany(g => g))
        {
            if (kept.Find(k => k.ChunksOf(chunks).Meets(shard.ChunksOf(chunks))) is { } same) others.Add((shard, same));
            else kept.Add(shard);
        }
        if (others.Count == 0) return null;
        (Shard one, Shard first) = others[0];
        string folders = Listed(others.Select(o => Path.GetFileName(
            found.Stores.First(s => s.Shard == o.Shard).Folder)), others.Count);
        return new Problem("SHARD_TWICE",
            $"{first} ({first.ChunksOf(chunks)}) and {one} ({one.ChunksOf(chunks)}) have the same chunks")
        {
            File = found.Folder,
            Remedy = $"keep those of one number of shards: to keep those of {first.Of}, remove the " +
                $"{(others.Count == 1 ? "folder" : "folders")} {folders}",
        };
    }

    private List<ChunkSpan> Missing()
    {
        var missing = new List<ChunkSpan>();
        int next = 0;
        foreach (ChunkSpan span in _shards.Select(s => s.ChunksOf(chunks)).OrderBy(s => s.First))
        {
            if (span.First > next) missing.Add(new ChunkSpan(next, span.First - next));
            next = Math.Max(next, span.End);
        }
        if (next < chunks) missing.Add(new ChunkSpan(next, chunks - next));
        return missing;
    }

    private Problem Missing(List<ChunkSpan> missing)
    {
        string spans = Listed(missing.Select(m => m.ToString()), missing.Count);
        int[] numbers = [.. _shards.Select(s => s.Of).Distinct()];
        Shard[] fitting = numbers.Select(of => Fitting(missing, of))
            .MaxBy(shards => shards.Sum(s => s.ChunksOf(chunks).Count)) ?? [];
        string message = numbers.Length switch
        {
            0 => $"there are no shards of this plan ({spans})",
            1 => $"of {numbers[0]} shards, {Counted.Of(fitting.Length, "is", "are")} missing: " +
                $"{Listed(fitting.Select(s => $"{s.Index}"), fitting.Length)} ({spans})",
            _ => $"no shard has {spans}",
        };
        return new Problem("SHARD_MISSING", message)
        {
            File = found.Folder,
            Remedy = (numbers.Length, fitting) switch
            {
                (0, _) => "if they were merged before, the release is published and they were removed; if not, run " +
                    $"them, e.g. all in one: {found.CommandOf(new Shard(0, 1))}",
                (_, []) => "run all shards of one number of shards, and remove the folders of the others",
                _ => $"run {(fitting.Length == 1 ? "it" : "them, e.g.")}: {found.CommandOf(fitting[0])}",
            },
        };
    }

    /// <summary>The shards of a number of shards that have none but missing chunks.</summary>
    private Shard[] Fitting(List<ChunkSpan> missing, int of)
    {
        var fitting = new List<Shard>();
        foreach (ChunkSpan gap in missing)
            for (int chunk = gap.First; chunk < gap.End; chunk = fitting[^1].ChunksOf(chunks).End)
                fitting.Add(Shard.Having(chunk, of, chunks));
        fitting.RemoveAll(shard => !missing.Exists(gap => gap.Holds(shard.ChunksOf(chunks))));
        return [.. fitting];
    }

    private static string Listed(IEnumerable<string> names, int count) =>
        string.Join(", ", names.Take(MostTold)) + (count > MostTold ? ", ..." : "");
}
