using System.Collections.Immutable;
using SegPipeline.Masks.Png;

namespace SegPipeline.Model;

/// <summary>Whether samples are images or videos. An image is a video of one frame; the word says what a format calls
/// it.</summary>
public enum SampleKind
{
    /// <summary>Stills.</summary>
    Image,

    /// <summary>Videos.</summary>
    Video,
}

/// <summary>One picture of a sample.</summary>
/// <param name="Name">File name as the source wrote it, e.g. <c>val2017/000000000139.jpg</c>; never used as a
/// path.</param>
/// <param name="WidthPx">Width the source states; 0 when it does not say.</param>
/// <param name="HeightPx">Height the source states; 0 when it does not say.</param>
public sealed record Frame(string Name, int WidthPx, int HeightPx)
{
    /// <summary>Position in the video, from 0: the number the source gives the frame, not its place in a
    /// list.</summary>
    public int Position { get; init; }

    /// <summary>The picture itself; null when the source names no media folder.</summary>
    public Photo? Photo { get; init; }

    /// <summary>
    /// Whether somebody looked for objects in it: false when nothing is known of any, true when there is none but those
    /// that are stated; null when the source does not say.
    /// </summary>
    public bool? IsAnnotated { get; init; }

    /// <summary>The pixels that count for nothing; null when the source marks none.</summary>
    public Segmentation? Void { get; init; }

    /// <summary>The colours of the label image that the shapes came from; null when they came from none with a
    /// palette.</summary>
    public Palette? Palette { get; init; }
}

/// <summary>An image or a video with its instances: what flows through a pipeline. Immutable.</summary>
public sealed record Sample
{
    /// <summary>Identity across datasets and runs, unique within a dataset: usually the normalised file name.</summary>
    public required string Key { get; init; }

    /// <summary>Image or video.</summary>
    public SampleKind Kind { get; init; }

    /// <summary>Id of the image or video in its dataset; null when the format has none.</summary>
    public RecordId? Id { get; init; }

    /// <summary>The pictures, in order; exactly one for a still.</summary>
    public ImmutableArray<Frame> Frames { get; init; } = [];

    /// <summary>The annotated objects, in the source's order.</summary>
    public ImmutableArray<Instance> Instances { get; init; } = [];

    /// <summary>The image or video record as the source wrote it; null when there is none.</summary>
    public JsonSlice? SourceRecord { get; init; }

    /// <summary>
    /// The record that holds the annotations of the sample as a whole, where a format has one record for all of them
    /// (COCO panoptic); the records of the instances are parts of it. Null elsewhere.
    /// </summary>
    public JsonSlice? AnnotationRecord { get; init; }

    /// <summary>
    /// True when <see cref="Id"/> or <see cref="Frames"/> are no longer those of <see cref="SourceRecord"/>. A stage
    /// that
    /// changes them sets this; a writer then writes the members anew and keeps the others.
    /// </summary>
    public bool RecordChanged { get; init; }

    /// <summary>
    /// Members of the image or video record set by a stage beyond the typed ones: name to JSON text. They replace the
    /// source's; a writer of JSON writes them, whether or not <see cref="RecordChanged"/> is set.
    /// </summary>
    public ImmutableSortedDictionary<string, string> ExtraMembers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What stages measured on the sample, e.g. by <c>evaluate</c>; writers of datasets leave it
    /// out.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = [];

    /// <summary>Why the sample was rejected; set only on samples of the <c>errors</c> port.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>The first frame: the picture, of a still.</summary>
    public Frame Frame => Frames[0];
}

/// <summary>What is known of a sample that a stage could not deal with.</summary>
/// <param name="Stage">Name of the stage in the pipeline file.</param>
/// <param name="Problems">What was wrong, at least one.</param>
public sealed record Rejection(string Stage, ImmutableArray<Problem> Problems);
