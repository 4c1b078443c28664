using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Imaging;
using SegPipeline.Masks.Geometry;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Which pixels a mask has when it becomes smaller.</summary>
public enum MaskReduction
{
    /// <summary>Those of which it covers at least a half.</summary>
    Coverage,

    /// <summary>Those whose sample point it has: see <c>point</c>.</summary>
    Nearest,

    /// <summary>Those of which it covers more than any other object of the frame, the background or void; between
    /// equals objects go before background, the first object before later ones. Of objects that overlap, the last one
    /// counts as on top.</summary>
    Vote,
}

/// <summary>What becomes of pictures.</summary>
public enum PictureReduction
{
    /// <summary>Each pixel is the mean of the area it covers; the file format stays.</summary>
    Area,

    /// <summary>They are left out: nothing that comes after can write them.</summary>
    None,
}

/// <summary>What becomes of polygons.</summary>
public enum PolygonReduction
{
    /// <summary>Their coordinates are scaled, unrounded.</summary>
    Scale,

    /// <summary>They are filled and become smaller as masks, as run lengths.</summary>
    Rasterise,
}

/// <summary>What becomes of an object that has no pixel left.</summary>
public enum Vanished
{
    /// <summary>It is dropped.</summary>
    Drop,

    /// <summary>It stays, without a mask.</summary>
    Keep,
}

/// <summary>
/// Makes pictures and masks smaller, together. Areas and boxes are those of the new masks; what has no mask (boxes,
/// polygons, keypoints) is scaled. An object that would vanish keeps its best covered pixel, and is counted, unless
/// <c>rescue</c> is off. Nothing is ever enlarged: a picture that is small enough stays byte for byte, and so do its
/// records. New sizes are rounded half up, to at least one pixel. Pictures are decoded only when they are written.
/// </summary>
/// <example>half: { downsample: { factor: 2, masks: coverage, codec: imagesharp, quality: 92 } }</example>
/// <remarks>Boxes, polygons and keypoints are continuous coordinates and are multiplied; masks have pixels, whose
/// centres or areas are compared. See <see cref="MaskResize"/>, <see cref="SegPipeline.Masks.LabelImages.LabelResize"/>
/// and, on JPEGs, <see cref="JpegLibrary"/>.</remarks>
[Stage("downsample")]
public sealed record Downsample : Transform
{
    /// <summary>How many times smaller, along each axis: 2 halves. Need not be a whole number.</summary>
    [Range(1.0, 10_000.0)]
    public double? Factor { get; init; }

    /// <summary>Width to make it in pixels; without <c>height</c>, the height follows.</summary>
    [Range(1, 1 << 24)]
    public int? Width { get; init; }

    /// <summary>Height to make it in pixels; without <c>width</c>, the width follows.</summary>
    [Range(1, 1 << 24)]
    public int? Height { get; init; }

    /// <summary>Length to make the longer side, in pixels.</summary>
    [Range(1, 1 << 24)]
    public int? Longest { get; init; }

    /// <summary>Which pixels masks have.</summary>
    public MaskReduction Masks { get; init; }

    /// <summary>Which point of a pixel is looked up with <c>masks: nearest</c>: its centre, as Pillow and OpenCV's
    /// INTER_NEAREST_EXACT do, or its top left corner, as OpenCV's INTER_NEAREST does.</summary>
    public SamplePoint Point { get; init; }

    /// <summary>Whether an object that would vanish keeps its best covered pixel.</summary>
    public bool Rescue { get; init; } = true;

    /// <summary>What becomes of an object that has no pixel left.</summary>
    public Vanished Vanished { get; init; }

    /// <summary>What becomes of polygons.</summary>
    public PolygonReduction Polygons { get; init; }

    /// <summary>What becomes of pictures.</summary>
    public PictureReduction Images { get; init; }

    /// <summary>What reads and writes JPEGs. The two do not give the same pixels.</summary>
    public JpegLibrary Codec { get; init; }

    /// <summary>Quality of the JPEGs that are written, on the scale of libjpeg.</summary>
    [Range(1, 100)]
    public int Quality { get; init; } = 90;

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        int given = (Factor is null ? 0 : 1) + (Longest is null ? 0 : 1) + (Width is null && Height is null ? 0 : 1);
        if (given != 1) yield return "expected one of 'factor', 'longest', or 'width' and 'height'";
        if (Point == SamplePoint.TopLeft && Masks != MaskReduction.Nearest)
            yield return "'point' has a meaning only with 'masks: nearest'";
    }

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        PhotoCodecs? codecs = Images == PictureReduction.None ? null : PhotoCodecs.Of(Codec, Quality);
        return (sample, output) =>
        {
            ImmutableArray<FrameScale> scales = [.. sample.Frames.Select(frame => ScaleOf(frame, sample))];
            if (scales.All(scale => scale.IsWhole))
            {
                output.Count(Tally.Note, "small enough", 1);
                output.Emit(sample);
                return;
            }
            var instances = new DownsampledInstances(this, sample, scales, output);
            output.Emit(sample with
            {
                Instances = instances.Reduce(),
                Frames = [.. scales.Select((scale, i) => Reduce(scale, instances.VoidOf(i), codecs, output))],
                RecordChanged = true,
            });
        };
    }

    private static Frame Reduce(FrameScale scale, Segmentation? @void, PhotoCodecs? codecs, StageOutput output)
    {
        if (scale.IsWhole) return scale.Frame;
        Photo? photo = scale.Frame.Photo;
        if (photo is not null) output.Count(Tally.Note, codecs is null ? "pictures left out" : "pictures", 1);
        return scale.Frame with
        {
            WidthPx = scale.WidthPx,
            HeightPx = scale.HeightPx,
            Void = @void,
            Photo = photo is null || codecs is null
                ? null
                : new ReducedPhoto(photo, scale.Frame, scale.WidthPx, scale.HeightPx, codecs),
        };
    }

    private FrameScale ScaleOf(Frame frame, Sample sample)
    {
        if (frame is not { WidthPx: > 0, HeightPx: > 0 })
        {
            if (frame.Photo is null)
                throw new BadDataException(new Problem("FRAME_SIZE", $"the size of '{frame.Name}' is not known")
                {
                    Record = $"'{sample.Key}'",
                    Remedy = "give width and height in the source, or the folder of its pictures",
                });
            PhotoHeader header = PhotoHeader.Read(frame.Photo, frame.Photo.FilePath ?? frame.Name);
            frame = frame with { WidthPx = header.WidthPx, HeightPx = header.HeightPx };
        }
        if (Math.Max(frame.WidthPx, frame.HeightPx) > AreaMean.LongestPx)
            throw new BadDataException(new Problem("FRAME_SIZE",
                $"'{frame.Name}' is {frame.WidthPx}x{frame.HeightPx}, at most {AreaMean.LongestPx} pixels an axis are"
                + " made smaller"));
        (int widthPx, int heightPx) = DownsampledSize.Of(this, frame.WidthPx, frame.HeightPx);
        return new FrameScale(frame, widthPx, heightPx);
    }
}
