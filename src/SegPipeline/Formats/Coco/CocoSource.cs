using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>Reads the values of the annotations of one COCO file.</summary>
internal sealed class CocoSource(SourceFile file, AnnotationIndex index, ShortPolygons shortPolygons)
    : AnnotationSource(file, index, AnnotationLayout.Images)
{
    private static readonly ImmutableArray<SegmentationForm>
        Missing = [SegmentationForm.Missing],
        Null = [SegmentationForm.Null],
        EmptyList = [SegmentationForm.EmptyList],
        Polygons = [SegmentationForm.Polygons];

    private readonly AnnotationIndex _index = index;

    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) =>
        [Read(ordinal, "segmentation"u8, Segmentation.Missing, SegmentationOf)];

    /// <inheritdoc/>
    /// <remarks>The index tells, but for the two kinds of run lengths and what is none of the forms.</remarks>
    public override ImmutableArray<SegmentationForm> ReadForms(int ordinal) => _index.Annotations[ordinal].Shape switch
    {
        ShapeMark.Absent => Missing,
        ShapeMark.Null => Null,
        ShapeMark.EmptyList => EmptyList,
        ShapeMark.Polygons => Polygons,
        ShapeMark.Runs => [Read(ordinal, "segmentation"u8, SegmentationForm.Missing, RunsForm)],
        _ => base.ReadForms(ordinal),
    };

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) => _index.Annotations[ordinal].Area switch
    {
        AnnotationEntry.NoArea => [],
        AnnotationEntry.OddArea =>
            Read<ImmutableArray<double?>>(ordinal, "area"u8, [], (json, _) => [NumberOrNull(json, "area")]),
        double area => [area],
    };

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) =>
        Read<ImmutableArray<Box?>>(ordinal, "bbox"u8, [], (json, _) => BoxJson.Read(json));

    private static SegmentationForm RunsForm(ReadOnlySpan<byte> json, int ordinal) => SegmentationJson.FormOf(json);

    private Segmentation SegmentationOf(ReadOnlySpan<byte> json, int ordinal)
    {
        SampleEntry image = SampleOf(ordinal);
        return SegmentationJson.Read(json, image.HeightPx, image.WidthPx, shortPolygons);
    }
}
