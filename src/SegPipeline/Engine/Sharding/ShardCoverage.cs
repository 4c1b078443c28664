using SegPipeline.Model;

namespace SegPipeline.Engine.Sharding;

/// <summary>Whether shards together have every chunk once.</summary>
internal static class ShardCoverage
{
    private const int MostTold = 10;

    /// <summary>Checks shards.</summary>
    /// <param name="shards">The shards that are there.</param>
    /// <param name="chunks">Number of chunks of the run.</param>
    /// <returns>What is wrong: which shards are missing, which have the same chunks.</returns>
    public static IEnumerable<Problem> Check(IReadOnlyList<Shard> shards, int chunks)
    {
        Shard[] inOrder = [.. shards.Where(s => s.ChunksOf(chunks).Count > 0)
            .OrderBy(s => s.ChunksOf(chunks).First).ThenBy(s => s.ChunksOf(chunks).Count)];
        var missing = new List<ChunkSpan>();
        int next = 0;
        Shard? before = null;
        foreach (Shard shard in inOrder)
        {
            ChunkSpan span = shard.ChunksOf(chunks);
            if (span.First < next) yield return Twice(before!, shard, chunks);
            if (span.First > next) missing.Add(new ChunkSpan(next, span.First - next));
            if (span.End <= next) continue;
            next = span.End;
            before = shard;
        }
        if (next < chunks) missing.Add(new ChunkSpan(next, chunks - next));
        if (missing.Count > 0) yield return Missing(missing, shards, chunks);
    }

    private static Problem Twice(Shard one, Shard other, int chunks) =>
        new("SHARD_TWICE",
            $"{one} ({one.ChunksOf(chunks)}) and {other} ({other.ChunksOf(chunks)}) have the same chunks")
        {
            Remedy = "keep the shards of one number of shards, and remove the folders of the others",
        };

    private static Problem Missing(List<ChunkSpan> missing, IReadOnlyList<Shard> shards, int chunks)
    {
        string spans = string.Join(", ", missing.Take(MostTold)) + (missing.Count > MostTold ? ", ..." : "");
        int[] numbers = [.. shards.Select(s => s.Of).Distinct()];
        if (numbers.Length != 1)
            return new Problem("SHARD_MISSING", shards.Count == 0 ? $"there are no shards of this plan ({spans})"
                : $"no shard has {spans}")
            {
                Remedy = "run the missing shards",
            };
        int of = numbers[0];
        int[] indices = [.. Enumerable.Range(0, of).Where(i =>
            !shards.Any(s => s.Index == i) && new Shard(i, of).ChunksOf(chunks).Count > 0)];
        string names = string.Join(", ", indices.Take(MostTold)) + (indices.Length > MostTold ? ", ..." : "");
        return new Problem("SHARD_MISSING",
            $"of {of} shards, {Counted.Of(indices.Length, "is", "are")} missing: {names} ({spans})")
        {
            Remedy = $"run them, e.g. with --index {indices[0]} --of {of}",
        };
    }
}
