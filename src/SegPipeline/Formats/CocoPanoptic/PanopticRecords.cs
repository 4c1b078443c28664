using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>The annotations of a panoptic file: one per image, which has no shape of its own.</summary>
internal sealed class PanopticRecords(SourceFile file, AnnotationIndex index)
    : AnnotationSource(file, index, AnnotationLayout.Images)
{
    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) => [];

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) => [];

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) => [];
}
