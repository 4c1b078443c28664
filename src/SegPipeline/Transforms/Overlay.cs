using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What objects have a colour of.</summary>
public enum OverlayColours
{
    /// <summary>Their category: all of one category look alike.</summary>
    Category,

    /// <summary>Their own, so that neighbours can be told apart.</summary>
    Instance,
}

/// <summary>
/// Draws the objects on their pictures, to be looked at: masks in the colour of their category with an outline, crowds
/// striped, void in grey stripes the other way, of objects without a mask the box. Only the pictures change; they are
/// drawn when they are written.
/// </summary>
/// <example>looked_at: { overlay: { alpha: 0.5, outline: 2 } }</example>
/// <remarks>Colours are those of the VOC palette, by the place of the category in the dataset's list or of the instance
/// in its sample, from 1.</remarks>
[Stage("overlay")]
public sealed record Overlay : Transform
{
    /// <summary>How much of a mask's colour there is within it: 0 none, 1 nothing else.</summary>
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 0.5;

    /// <summary>Width of the outlines, in pixels, drawn inside the masks; 0 for none.</summary>
    [Range(0, 64)]
    public int Outline { get; init; } = 2;

    /// <summary>What objects have a colour of.</summary>
    public OverlayColours Colours { get; init; }

    /// <summary>What reads and writes JPEGs.</summary>
    public JpegLibrary Codec { get; init; }

    /// <summary>Quality of the JPEGs that are written, on the scale of libjpeg.</summary>
    [Range(1, 100)]
    public int Quality { get; init; } = 90;

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        PhotoCodecs codecs = PhotoCodecs.Of(Codec, Quality);
        var numbers = new Dictionary<RecordId, int>();
        foreach (Category category in input.Taxonomy.Categories) numbers.TryAdd(category.Id, numbers.Count + 1);
        return (sample, output) =>
        {
            int missing = sample.Frames.Count(frame => frame.Photo is null);
            output.Count(Tally.Note, "without a picture", missing);
            output.Count(Tally.Note, "pictures", sample.Frames.Length - missing);
            ImmutableArray<Frame> frames = [.. sample.Frames.Select((frame, i) => frame.Photo is null
                ? frame
                : frame with { Photo = new OverlayPhoto(this, sample, i, numbers, codecs) })];
            output.Emit(sample with { Frames = frames });
        };
    }
}
