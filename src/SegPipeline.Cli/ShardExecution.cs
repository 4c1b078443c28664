using SegPipeline.Engine;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Releases.Shards;
using SegPipeline.Reports.Gallery;

namespace SegPipeline.Cli;

/// <summary>Works on a shard of a pipeline.</summary>
/// <param name="pipeline">The pipeline, free of problems.</param>
/// <param name="settings">How to work.</param>
/// <param name="shard">Which part.</param>
internal sealed class ShardExecution(LoadedPipeline pipeline, RunSettings settings, Shard shard)
{
    /// <summary>Whether something is left for another attempt to go on with; null when it never came to work on the
    /// shard.</summary>
    public bool? IsResumable { get; private set; }

    /// <summary>Works on it.</summary>
    /// <param name="frozen">The plan.</param>
    /// <param name="progress">Told how it comes on.</param>
    /// <param name="cancel">Ends it at the next commit.</param>
    public async Task<ShardResult> RunAsync(PlanFile frozen, Action<RunProgress> progress, CancellationToken cancel)
    {
        using FrozenPipeline opened = await FrozenPipeline.OpenAsync(pipeline, frozen, progress, cancel)
            .ConfigureAwait(false);
        using ReleaseFolder release = ReleaseFolder.OpenShard(pipeline.ReleaseFolder!, frozen.Digest, shard);
        using var leases = ReleaseLeases.Take(pipeline);
        try
        {
            ShardResult result = await ShardRun.ExecuteAsync(
                opened.Plan, frozen.Plan, shard, Options(release, frozen, progress), cancel).ConfigureAwait(false);
            if (opened.Changed() is { } changed) throw changed;
            release.CloseShard();
            return result;
        }
        catch (Exception e) when (e is not BadDataException { Problems: [{ Code: JournalOptions.CannotResume }, ..] })
        {
            // Nobody can tell which chunks were made of what an input was before.
            if (opened.Changed() is { } changed)
            {
                release.Discard();
                throw changed;
            }
            IsResumable = release.IsResumable;
            throw;
        }
    }

    private RunOptions Options(ReleaseFolder release, PlanFile frozen, Action<RunProgress> progress)
    {
        var journal = new JournalOptions(release.Journal, frozen.Identity)
        {
            Start = JournalStart.Resume,
            Remedy = $"remove the folder {release.Staging} and run the shard again",
        };
        // Whether the release gets a report is for the merge to say; its figures are taken here.
        return settings.Options(release, journal, RunTrace.ForJournal(), progress) with
        {
            Figures = new FigureOptions { Shown = GalleryDrawing.MostPictures },
        };
    }
}
