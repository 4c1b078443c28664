using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>The tables in an annotation file: samples, annotations, categories.</summary>
internal static class AnnotationTables
{
    private static readonly ImmutableArray<RecordField> OfSamples =
    [
        Field("id", FieldKind.Integer), Field("file_name", FieldKind.Text), Field("width", FieldKind.Integer),
        Field("height", FieldKind.Integer), Field("length", FieldKind.Integer),
        Field("file_names", FieldKind.Text) with { Description = "The names of its frames, a list." },
    ];

    private static readonly ImmutableArray<RecordField> OfAnnotations =
    [
        Field("id", FieldKind.Integer),
        Field("image_id", FieldKind.Integer) with { References = "images/id" },
        Field("video_id", FieldKind.Integer) with { References = "videos/id" },
        Field("category_id", FieldKind.Integer) with { References = "categories/id" },
        Field("iscrowd", FieldKind.Integer) with { Description = "1 for a group of objects, else 0." },
        Field("bbox", FieldKind.Box), Field("area", FieldKind.Number) with { Description = "In pixels." },
        Field("score", FieldKind.Number), Field("caption", FieldKind.Text),
        Field("segmentation", FieldKind.Text) with
        {
            Description = "A list of polygons, or run lengths in column order as an object with size and counts.",
        },
        Field("bboxes", FieldKind.Text) with { Description = "A box or null for each frame." },
        Field("areas", FieldKind.Text) with { Description = "An area in pixels or null for each frame." },
        Field("segmentations", FieldKind.Text) with { Description = "A shape or null for each frame." },
    ];

    /// <summary>The tables of a file that is a dataset.</summary>
    /// <param name="target">The file.</param>
    /// <param name="samples">What its images or videos have.</param>
    /// <param name="annotations">What its annotations have.</param>
    /// <param name="taxonomy">Its categories.</param>
    public static IReadOnlyList<RecordTable> OfDataset(
        AnnotationTarget target, CommonMembers samples, CommonMembers annotations, Taxonomy taxonomy)
    {
        var tables = new List<RecordTable>();
        Add(target.Layout.List, "$." + target.Layout.List, samples, OfSamples);
        Add("annotations", "$.annotations", annotations, OfAnnotations);
        FieldKind ids = taxonomy.Categories.All(c => c.Id.IsInteger) ? FieldKind.Integer : FieldKind.Text;
        var categories = new List<RecordField> { Field("id", ids) };
        if (taxonomy.Categories.All(c => c.Name is not null)) categories.Add(Field("name", FieldKind.Text));
        if (taxonomy.Categories.All(c => c.Supercategory is not null))
            categories.Add(Field("supercategory", FieldKind.Text));
        if (taxonomy.Categories.Length > 0)
            tables.Add(new RecordTable("categories", target.File.Value, Placed("$.categories", categories)));
        return tables;

        void Add(string name, string list, CommonMembers members, IEnumerable<RecordField> fields)
        {
            if (Placed(list, Known(members, fields)) is { IsEmpty: false } placed)
                tables.Add(new RecordTable(name, target.File.Value, placed)
                {
                    Split = SplitName.Of(target.File.Value),
                });
        }
    }

    /// <summary>The table of a file that is a list of results.</summary>
    /// <param name="target">The file.</param>
    /// <param name="annotations">What its records have.</param>
    public static IReadOnlyList<RecordTable> OfResults(AnnotationTarget target, CommonMembers annotations) =>
        Placed("$", Known(annotations, OfAnnotations.Where(f => f.Name != "id"))) is { IsEmpty: false } fields
            ? [new RecordTable("results", target.File.Value, fields)]
            : [];

    private static IEnumerable<RecordField> Known(CommonMembers members, IEnumerable<RecordField> fields) => fields
        .Where(f => members.Have(f.Name))
        .Select(f => members.IsText(f.Name) ? f with { Kind = FieldKind.Text } : f);

    private static RecordField Field(string name, FieldKind kind) =>
        new(name, kind, FieldPlace.JsonPath) { IsKey = name == "id" };

    private static ImmutableArray<RecordField> Placed(string list, IEnumerable<RecordField> fields) =>
        [.. fields.Select(f => f with { Path = $"{list}[*].{f.Name}" })];
}
