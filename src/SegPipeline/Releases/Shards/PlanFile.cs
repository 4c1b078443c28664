using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Model;

namespace SegPipeline.Releases.Shards;

/// <summary>
/// A frozen plan: what every shard of a run and their merge must agree about. Names no place of any machine, so shards
/// may run on several that see the inputs under different paths.
/// </summary>
/// <param name="Tool">Version of the program, with its commit.</param>
/// <param name="ConfigDigest">SHA-256 of the config.</param>
/// <param name="Plan">The chunks.</param>
/// <param name="Inputs">The input files: those of readers in the order of the plan, then those that other stages look
/// into.</param>
public sealed record PlanFile(
    string Tool, string ConfigDigest, FrozenPlan Plan, ImmutableArray<FrozenInput> Inputs)
{
    private const int MostTold = 10;

    /// <summary>SHA-256 of all of it but the times of files, hexadecimal: equal for plans that give the same
    /// bytes.</summary>
    public string Digest { get; } = DigestOf(Tool, ConfigDigest, Plan, Inputs);

    /// <summary>What tells shards of this plan from others.</summary>
    public IReadOnlyList<(string Name, string Text)> Identity => [("the frozen plan", Digest)];

    /// <summary>Freezes a plan: takes the digests of its inputs, and passes all samples where that has to be
    /// done.</summary>
    /// <param name="plan">The plan; it stays open.</param>
    /// <param name="tool">Version of the program.</param>
    /// <param name="configDigest">SHA-256 of the config.</param>
    /// <param name="options">How to pass samples.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BadDataException">The data is bad, or was changed while it was read.</exception>
    public static async Task<PlanFile> FreezeAsync(PipelinePlan plan, string tool, string configDigest,
        WorkOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var digests = new InputDigests();
        digests.Begin(plan.Graph);
        var files = FilesOf(plan);
        DateTime[] times = [.. files.Select(f => InputDigests.FileAt(f.Path).LastWriteTimeUtc)];
        FrozenPlan frozen = await FrozenPlan.OfAsync(plan, options, cancel).ConfigureAwait(false);
        var inputs = await digests.CompleteAsync(files, cancel).ConfigureAwait(false);
        return new PlanFile(tool, configDigest, frozen, [.. InputNames.Of(inputs)
            .Select((named, i) => new FrozenInput(named.Input.Node, named.Name, named.Input.Digest, times[i]))]);
    }

    /// <summary>Makes sure that it was frozen by the same program of the same config.</summary>
    /// <param name="tool">Version of the program.</param>
    /// <param name="configDigest">SHA-256 of the config.</param>
    /// <exception cref="BadDataException">It was not: what has changed.</exception>
    public void Check(string tool, string configDigest)
    {
        if (tool != Tool) throw Changed([$"segpipe was {Tool} and is {tool}"], "use that version");
        if (configDigest != ConfigDigest)
            throw Changed([$"the pipeline or its parameters: the config had the digest {ConfigDigest[..16]}... and " +
                $"has {configDigest[..16]}... now"]);
    }

    /// <summary>Makes sure that a plan has the same inputs and chunks.</summary>
    /// <param name="plan">The plan, open on this machine.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BadDataException">It has not: what has changed.</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Check(PipelinePlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ImmutableArray<(string Node, string Path)> files = FilesOf(plan);
        CheckCounts([.. files.Select(f => f.Node)]);
        CheckInputs(files, f => f.Path, (input, f) => input.DifferenceOf(f.Path, cancel), cancel);
        if (!Plan.IsOf(plan))
            throw Changed([$"there were {Plan.Chunks} chunks of {Plan.Samples} samples and are " +
                $"{plan.Chunks.Chunks.Length} of {plan.Chunks.Samples} now, or with other keys"]);
    }

    /// <summary>Makes sure that the digests that a release will state are those of the frozen inputs.</summary>
    /// <param name="inputs">The files of readers, in the order of the plan.</param>
    /// <exception cref="BadDataException">An input has changed.</exception>
    public void Check(ImmutableArray<InputDigest> inputs) => CheckInputs(inputs, i => i.Path,
        (input, now) => input.DifferenceOf(now.Digest), CancellationToken.None);

    /// <summary>The files that a plan depends on, in its order.</summary>
    internal static ImmutableArray<(string Node, string Path)> FilesOf(PipelinePlan plan) =>
        [.. plan.InputFiles, .. StageFiles.Of(plan.Graph)];

    private void CheckCounts(string[] stages)
    {
        string[] told = [.. from stage in Inputs.Select(i => i.Stage).Union(stages, StringComparer.Ordinal)
                            let then = Inputs.Count(i => i.Stage == stage)
                            let now = stages.Count(s => s == stage)
                            where then != now
                            select $"'{stage}' had {Counted.Of(then, "input file")} and has {now} now"];
        if (told.Length > 0) throw Changed(told);
    }

    private void CheckInputs<T>(ImmutableArray<T> now, Func<T, string> pathOf,
        Func<FrozenInput, T, string?> difference, CancellationToken cancel)
    {
        string?[] differences = new string?[now.Length];
        try
        {
            Parallel.For(0, now.Length, new ParallelOptions { CancellationToken = cancel },
                i => differences[i] = difference(Inputs[i], now[i]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        string[] told = [.. Enumerable.Range(0, now.Length).Where(i => differences[i] is not null)
            .Select(i => $"the input '{Inputs[i].Name}' of '{Inputs[i].Stage}' ({pathOf(now[i])}): {differences[i]}")];
        if (told.Length > 0) throw Changed(told);
    }

    private static BadDataException Changed(
        string[] what, string remedy = "give the same file, parameters and inputs") =>
        new([.. what.Take(MostTold).Select(text =>
            new Problem("PLAN_CHANGED", "this is not what the plan was frozen of: " + text)
            {
                Remedy = remedy + ", or freeze the plan again and run all shards",
            })]);

    private static string DigestOf(
        string tool, string configDigest, FrozenPlan plan, ImmutableArray<FrozenInput> inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(FormattableString text) =>
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(text) + "\n"));
        Add($"{tool} {configDigest} {plan.Sha256} {plan.Chunks} {plan.Samples} {inputs.Length}");
        foreach (FrozenInput input in inputs)
            Add($"{input.Digest.Sha256} {input.Digest.SizeBytes} {input.Stage} {input.Name}");
        hash.AppendData(plan.Surveys.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
