namespace SegPipeline.Engine.Sharding;

/// <summary>The shards of a plan that are there.</summary>
/// <param name="Stores">What each has left, in any order.</param>
/// <param name="Folder">Where they were looked for, for messages.</param>
/// <param name="CommandOf">The command line by which a user makes a shard.</param>
public sealed record ShardsFound(IReadOnlyList<IShardStore> Stores, string Folder, Func<Shard, string> CommandOf);
