using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Reads an instance that a test writes out, with the member names of COCO, or of YouTube-VIS in a
/// video.</summary>
/// <param name="frames">Number of frames of a video; null for a still.</param>
/// <param name="categories">The categories, for instances that name theirs.</param>
/// <param name="scope">Takes what is wrong.</param>
internal sealed class LiteralInstanceReader(int? frames, ImmutableArray<Category> categories, BindScope scope)
{
    private static readonly NumberShape Number = new(NumberRange.Any);
    private static readonly IdShape Ids = new();

    /// <summary>The member that holds the areas: one number for a still, one per frame for a video.</summary>
    public string AreaName => frames is null ? "area" : "areas";

    /// <summary>The member that holds the boxes.</summary>
    public string BoxName => frames is null ? "bbox" : "bboxes";

    /// <summary>The member that holds the shapes.</summary>
    public string ShapeName => frames is null ? "segmentation" : "segmentations";

    /// <summary>Reads an instance; null when it is none. What is wrong within it is reported.</summary>
    public LiteralInstance? Read(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlUnreadable)
                scope.Problems.Add(node.Place, $"{scope.What} must be a map, found {Found.Describe(node)}");
            return null;
        }
        return new LiteralInstance(map)
        {
            Id = ReadId(map, "id"),
            CategoryId = ReadId(map, "category_id") ?? ReadCategory(map),
            IsCrowd = ReadCrowd(map),
            Score = (double?)Bind(map.Find("score")?.Value, "score", Number),
            AreasPx = PerFrame(map, AreaName, n => (double?)Bind(n, AreaName, Number)) ?? [],
            Boxes = PerFrame(map, BoxName, ReadBox) ?? [],
            Segmentations = PerFrame(map, ShapeName, ReadShape) ??
                [.. Enumerable.Repeat(Segmentation.Missing, frames ?? 1)],
        };
    }

    private RecordId? ReadId(YamlMap map, string name) => (RecordId?)Bind(map.Find(name)?.Value, name, Ids);

    private RecordId? ReadCategory(YamlMap map)
    {
        if (map.Find("category") is not { Value: YamlScalar { Form: ScalarForm.Text } name }) return null;
        Category? category = categories.FirstOrDefault(c => c.Name == name.Text);
        if (category is null && !categories.IsEmpty)
            scope.Problems.Add(name.Place, $"the test has no category '{name.Text}'",
                DidYouMean.HintOrList(name.Text, [.. categories.Select(c => c.Name).OfType<string>()]));
        return category?.Id;
    }

    private bool? ReadCrowd(YamlMap map)
    {
        switch (map.Find("iscrowd")?.Value)
        {
            case null or YamlScalar { Form: ScalarForm.Null }:
                return null;
            case YamlScalar { Form: ScalarForm.Bool } scalar:
                return CoreSchema.ToBool(scalar.Text);
            case YamlScalar { Form: ScalarForm.Whole, Text: "0" or "1" } scalar:
                return scalar.Text == "1";
            case var other:
                scope.Problems.Add(other.Place,
                    $"'iscrowd' of {scope.What} must be 0 or 1, found {Found.Describe(other)}");
                return null;
        }
    }

    private ImmutableArray<T>? PerFrame<T>(YamlMap map, string name, Func<YamlNode, T> read)
    {
        if (map.Find(name)?.Value is not { } value) return null;
        if (frames is not { } count) return [read(value)];
        if (value is YamlSequence list && list.Items.Length == count) return [.. list.Items.Select(read)];
        scope.Problems.Add(value.Place, $"'{name}' of {scope.What} must be a list of {count}, one for each frame");
        return null;
    }

    private Box? ReadBox(YamlNode node)
    {
        if (node is YamlScalar { Form: ScalarForm.Null }) return null;
        double?[] numbers = node is YamlSequence list
            ? [.. list.Items.Select(n => (double?)Bind(n, BoxName, Number))]
            : [];
        if (numbers is [{ } x, { } y, { } width, { } height]) return new Box(x, y, width, height);
        scope.Problems.Add(node.Place, $"'{BoxName}' of {scope.What} must be [x, y, width, height]");
        return null;
    }

    private Segmentation ReadShape(YamlNode node) =>
        LiteralShape.Read(node, scope with { What = $"'{ShapeName}' of {scope.What}" });

    private object? Bind(YamlNode? node, string name, ValueShape shape) =>
        node is null or YamlScalar { Form: ScalarForm.Null }
            ? null
            : shape.Bind(node, scope with { What = $"'{name}' of {scope.What}" })?.Value;
}
