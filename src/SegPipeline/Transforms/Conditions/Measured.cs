using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Conditions;

/// <summary>Area and box of an instance as conditions see them: what the source wrote, or else those of the
/// mask.</summary>
internal static class Measured
{
    /// <summary>The area in pixels; of a video the mean over the frames that have one, as YouTube-VIS does.</summary>
    /// <exception cref="BadDataException">The source gives no area, and a shape is malformed.</exception>
    public static double? AreaPx(Instance instance, Sample sample)
    {
        double[] written = [.. (instance.AreasPx.IsDefault ? [] : instance.AreasPx).OfType<double>()];
        if (written.Length > 0) return written.Average();
        double[] areas = [.. MasksOf(instance, sample).Select(mask => (double)mask.AreaPx)];
        return areas.Length > 0 ? areas.Average() : null;
    }

    /// <summary>The box in pixels; of a video that of the first frame that has one.</summary>
    /// <exception cref="BadDataException">The source gives no box, and a shape is malformed.</exception>
    public static Box? Box(Instance instance, Sample sample) =>
        (instance.Boxes.IsDefault ? [] : instance.Boxes).FirstOrDefault(box => box is not null) ??
        MaskMeasures.BoxOf(MasksOf(instance, sample).FirstOrDefault());

    private static IEnumerable<Mask> MasksOf(Instance instance, Sample sample) => instance.ShapesIn(sample)
        .Select((shape, frame) => instance.MaskOf(shape, sample, frame)).OfType<Mask>();
}
