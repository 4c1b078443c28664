using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>
/// The objects of a video: of each label its shape in every frame. Missing where the frame has no mask, null where the
/// mask does not show the object.
/// </summary>
internal sealed class VideoObjects
{
    private readonly SortedDictionary<uint, Segmentation[]> _shapes = [];
    private readonly Segmentation?[] _voids;

    /// <summary>Sorts the regions of all frames by label.</summary>
    /// <param name="video">The masks.</param>
    /// <param name="voidLabel">Label of the void pixels; null when there are none.</param>
    /// <param name="listed">Objects that there are by a list, whether or not a mask shows them; null without a
    /// list.</param>
    public VideoObjects(DecodedVideo video, uint? voidLabel, IReadOnlyDictionary<uint, string?>? listed)
    {
        _voids = new Segmentation?[video.Masks.Length];
        Segmentation[] unseen = [.. video.Masks.Select(m => m is null ? Segmentation.Missing : Segmentation.Null)];
        foreach (uint label in listed?.Keys ?? []) _shapes[label] = [.. unseen];
        for (int i = 0; i < video.Masks.Length; i++)
        {
            foreach (LabelRegion region in video.Masks[i]?.Regions.Objects ?? [])
            {
                var shape = new MaskSegmentation(region.Mask, SegmentationForm.LabelRegion);
                if (region.Label == voidLabel)
                {
                    _voids[i] = shape;
                    continue;
                }
                if (!_shapes.TryGetValue(region.Label, out Segmentation[]? shapes))
                    _shapes[region.Label] = shapes = [.. unseen];
                shapes[i] = shape;
            }
        }
    }

    /// <summary>Labels of the objects, ascending.</summary>
    public IEnumerable<uint> Labels => _shapes.Keys;

    /// <summary>True when there are void pixels and no object.</summary>
    public bool HasOnlyVoid => _shapes.Count == 0 && Array.Exists(_voids, v => v is not null);

    /// <summary>The void pixels of a frame; null when it has none.</summary>
    public Segmentation? VoidOf(int frame) => _voids[frame];

    /// <summary>The objects as instances, in ascending order of label.</summary>
    /// <param name="categoryOf">Gives the category of a label.</param>
    public ImmutableArray<Instance> ToInstances(Func<uint, RecordId> categoryOf) =>
    [
        .. _shapes.Select(pair => new Instance
        {
            CategoryId = categoryOf(pair.Key),
            Segmentations = [.. pair.Value],
            ExtraMembers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("object_id", pair.Key.ToString(CultureInfo.InvariantCulture)),
        }),
    ];
}
