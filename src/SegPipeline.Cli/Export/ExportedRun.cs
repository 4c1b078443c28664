using System.Collections.Immutable;

namespace SegPipeline.Cli.Export;

/// <summary>The command lines of a run that some other engine starts, in words.</summary>
/// <param name="Program">The program and what stands before its arguments.</param>
/// <param name="Arguments">The pipeline file and what it is given, as the user wrote it.</param>
/// <param name="To">The options that say where the release goes; none where the pipeline says it.</param>
/// <param name="Plan">Path of the frozen plan.</param>
/// <param name="Shards">Number of shards.</param>
internal sealed record ExportedRun(
    ImmutableArray<string> Program, ImmutableArray<string> Arguments, ImmutableArray<string> To, string Plan,
    int Shards)
{
    /// <summary>Freezes the plan.</summary>
    public string[] FreezeWords => [.. Program, "plan", .. Arguments, "--freeze", Plan];

    /// <summary>Works on the shard that the environment names.</summary>
    public string[] ShardWords =>
        [.. Program, "shard", .. Arguments, .. To, "--plan", Plan, "--index", "env", "--of", $"{Shards}"];

    /// <summary>Merges the shards.</summary>
    public string[] MergeWords => [.. Program, "merge", .. Arguments, .. To, "--plan", Plan];

    /// <summary>Runs everything on one machine; goes on with what an interrupted run has left.</summary>
    public string[] RunWords => [.. Program, "run", "--resume", .. Arguments, .. To, "--quiet"];
}
