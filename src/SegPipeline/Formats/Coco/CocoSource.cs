using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>Reads the values of the annotations of one COCO file.</summary>
internal sealed class CocoSource(SourceFile file, AnnotationIndex index, ShortPolygons shortPolygons)
    : AnnotationSource(file, index, AnnotationLayout.Images)
{
    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) =>
        [Read(ordinal, "segmentation"u8, Segmentation.Missing, SegmentationOf)];

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) =>
        Read<ImmutableArray<double?>>(ordinal, "area"u8, [], (json, _) => [NumberOrNull(json, "area")]);

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) =>
        Read<ImmutableArray<Box?>>(ordinal, "bbox"u8, [], (json, _) => BoxJson.Read(json));

    private Segmentation SegmentationOf(ReadOnlySpan<byte> json, int ordinal)
    {
        SampleEntry image = SampleOf(ordinal);
        return SegmentationJson.Read(json, image.HeightPx, image.WidthPx, shortPolygons);
    }
}
