using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>A segment that is to be written.</summary>
/// <param name="Instance">What it is made of; the first, of several.</param>
/// <param name="Mask">Its pixels.</param>
/// <param name="IsAsIn">True when the pixels are those of the instance.</param>
internal sealed record WrittenSegment(Instance Instance, Mask Mask, bool IsAsIn);

/// <summary>The instances of an image as segments.</summary>
/// <param name="Segments">The segments, in the order of the instances.</param>
/// <param name="Shapeless">Instances that have no shape or no pixel.</param>
/// <param name="Merged">Instances of stuff that became part of the first of their category.</param>
internal sealed record ImageSegments(IReadOnlyList<WrittenSegment> Segments, int Shapeless, int Merged)
{
    /// <summary>Makes segments of instances.</summary>
    public static ImageSegments Of(Sample image, StuffSegments stuff, PanopticCategories categories)
    {
        var segments = new List<WrittenSegment>();
        var placeOf = new Dictionary<RecordId, int>();
        int shapeless = 0, merged = 0;
        foreach (Instance instance in image.Instances)
        {
            Mask? mask = instance.Segmentation.ToMask(image.Frame.HeightPx, image.Frame.WidthPx);
            if (mask is null || mask.IsEmpty)
            {
                shapeless++;
                continue;
            }
            bool isMerged = stuff == StuffSegments.Merge && instance.IsCrowd != true &&
                categories.IsStuff(instance.CategoryId);
            if (isMerged && !placeOf.TryAdd(instance.CategoryId!.Value, segments.Count))
            {
                int place = placeOf[instance.CategoryId.Value];
                WrittenSegment first = segments[place];
                segments[place] = new WrittenSegment(first.Instance, MaskSets.Union(first.Mask, mask), IsAsIn: false);
                merged++;
                continue;
            }
            segments.Add(new WrittenSegment(instance, mask, IsAsIn: true));
        }
        return new ImageSegments(segments, shapeless, merged);
    }
}
