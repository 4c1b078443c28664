using System.Collections.Concurrent;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>A chunk, ready to be written.</summary>
/// <param name="Records">Its images and annotations.</param>
/// <param name="Files">Its PNGs.</param>
/// <param name="Losses">What was lost on the way.</param>
internal sealed record EncodedPanoptic(EncodedChunk Records, EncodedFiles Files, PanopticLosses Losses);

/// <summary>What images lost when they became panoptic.</summary>
/// <param name="Painting">What segments lost to others.</param>
/// <param name="Shapeless">Instances that have no shape or no pixel.</param>
/// <param name="Merged">Instances of stuff that became part of another.</param>
/// <param name="Bare">Images without anything, which get no annotation.</param>
internal readonly record struct PanopticLosses(PaintLosses Painting, long Shapeless, long Merged, long Bare)
{
    /// <summary>The sum of two.</summary>
    public static PanopticLosses operator +(PanopticLosses a, PanopticLosses b) => new(
        a.Painting + b.Painting, a.Shapeless + b.Shapeless, a.Merged + b.Merged, a.Bare + b.Bare);

    /// <summary>Takes it down.</summary>
    public void Save(JournalWriter journal)
    {
        Painting.Save(journal);
        journal.Number(Shapeless);
        journal.Number(Merged);
        journal.Number(Bare);
    }

    /// <summary>Reads what was taken down.</summary>
    public static PanopticLosses Load(JournalReader journal) =>
        new(PaintLosses.Load(journal), journal.Number(), journal.Number(), journal.Number());
}

/// <summary>A panoptic file and its PNGs that are being written.</summary>
internal sealed class PanopticOutput : OpenOutput
{
    private readonly CocoPanopticWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly StageContext _context;
    private readonly PanopticCategories _categories;
    private readonly AnnotationTarget _target;
    private readonly ImageMembers _members;
    private readonly AnnotationOutput _file;
    private readonly ConcurrentBag<PanopticEncoder> _encoders = [];
    private PanopticLosses _losses;

    /// <summary>Opens the output.</summary>
    public PanopticOutput(
        CocoPanopticWriter stage, DatasetInfo info, IReleaseFolder release, StageContext context)
    {
        (_stage, _release, _context) = (stage, release, context);
        _categories = new PanopticCategories(info.Taxonomy, context.Warn);
        _target = new AnnotationTarget(AnnotationLayout.Images, stage.File) { Media = stage.Images };
        _members = new ImageMembers(stage.Images, stage.ImagesDir);
        _file = new AnnotationOutput(
            _target, _members, info with { Taxonomy = _categories.Taxonomy }, release, context.Warn);
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        if (!_encoders.TryTake(out PanopticEncoder? encoder)) encoder = new PanopticEncoder(_stage, _categories);
        var chunk = new EncodedPanoptic(new EncodedChunk(), new EncodedFiles(), default);
        using var images = new SampleEncoder(_target, _members, chunk.Records);
        using var annotations = new RecordText(chunk.Records.Text);
        foreach (Sample sample in samples)
        {
            foreach (Instance instance in sample.Instances) _file.CheckCategory(sample, instance);
            images.Encode(sample);
            int before = chunk.Records.Annotations.Count;
            chunk = chunk with { Losses = chunk.Losses + encoder.Encode(sample, chunk, annotations) };
            chunk.Records.Samples[^1] = chunk.Records.Samples[^1] with
            {
                AnnotationCount = chunk.Records.Annotations.Count - before,
            };
        }
        _encoders.Add(encoder);
        return chunk;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
        [LabelTable.Of(_stage.Folder) with { Split = SplitName.Of(_stage.File.Value) }];

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        var chunk = (EncodedPanoptic)encoded;
        _file.Append(chunk.Records);
        chunk.Files.WriteTo(_release, MediaTransfer.None);
        _losses += chunk.Losses;
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var chunk = (EncodedPanoptic)encoded;
        SavedChunk.Save(chunk.Records, journal);
        chunk.Files.Save(journal);
        chunk.Losses.Save(journal);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal) =>
        new EncodedPanoptic(SavedChunk.Load(journal), EncodedFiles.Load(journal), PanopticLosses.Load(journal));

    /// <inheritdoc/>
    public override void Finish()
    {
        _file.Finish();
        _losses.Painting.Report(_stage.Overlap, _context.Warn);
        if (_losses.Shapeless > 0)
            _context.Warn($"{Counted.Of(_losses.Shapeless, "instance")} without a shape or a pixel became no segment");
        if (_losses.Merged > 0)
            _context.Warn(Counted.Of(_losses.Merged, "instance") +
                " of stuff became part of the first of the same category");
        if (_losses.Bare > 0)
            _context.Warn($"{Counted.Of(_losses.Bare, "image")} with neither instances nor void got no annotation");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        foreach (PanopticEncoder encoder in _encoders) encoder.Dispose();
        base.Dispose();
    }
}
