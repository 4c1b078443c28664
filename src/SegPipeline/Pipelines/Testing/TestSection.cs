using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Testing;

/// <summary>A test as a pipeline file has it.</summary>
internal sealed record TestSection
{
    /// <summary>What the test states, as a sentence of fact.</summary>
    public required string Name { get; init; }

    /// <summary>Why it matters.</summary>
    public string? Doc { get; init; }

    /// <summary>The categories of the given samples.</summary>
    public IReadOnlyList<CategoryLiteral> Categories { get; init; } = [];

    /// <summary>From stages, or ports as `name.port`, to samples that replace what they give.</summary>
    public YamlNode? Given { get; init; }

    /// <summary>
    /// From stages or ports to the samples they must give, in order; `errors` for rejected ones. Only members that are
    /// listed are compared.
    /// </summary>
    public YamlNode? Expect { get; init; }

    /// <summary>The code of the problem that must end the run, or a part of its message.</summary>
    public Located<string>? ExpectError { get; init; }

    /// <summary>The shape of a test.</summary>
    public static RecordShape Shape { get; } = new(typeof(TestSection));
}

/// <summary>A category in a test.</summary>
internal sealed record CategoryLiteral
{
    /// <summary>Its id.</summary>
    public required Model.RecordId Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its supercategory.</summary>
    public string? Supercategory { get; init; }

    /// <summary>Other members of its record, by name, e.g. the `partition` of LV-VIS.</summary>
    public YamlNode? Members { get; init; }

    /// <summary>The category; it has a record only when it has other members.</summary>
    public Model.Category ToCategory()
    {
        var category = new Model.Category(Id, Name, Supercategory);
        if (Members is null || JsonText.Of(Members) is not JsonObject record) return category;
        record["id"] = JsonNode.Parse(Id.JsonText);
        if (Name is not null) record["name"] = Name;
        if (Supercategory is not null) record["supercategory"] = Supercategory;
        return category with { SourceRecord = Model.JsonSlice.FromText(record.ToJsonString()) };
    }
}

/// <summary>A sample in a test.</summary>
internal sealed record SampleLiteral
{
    /// <summary>Its key.</summary>
    public string? Key { get; init; }

    /// <summary>Its id in the dataset.</summary>
    public Model.RecordId? Id { get; init; }

    /// <summary>Name of the picture; the key, when not given.</summary>
    public string? FileName { get; init; }

    /// <summary>Width of its frames in pixels; 0 when not known.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, int.MaxValue)]
    public int Width { get; init; }

    /// <summary>Height of its frames in pixels; 0 when not known.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, int.MaxValue)]
    public int Height { get; init; }

    /// <summary>Number of frames of a video; a still has none.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 10_000)]
    public int? Frames { get; init; }

    /// <summary>
    /// Its annotations, with members as in COCO and YouTube-VIS: id, category_id (or category by name), iscrowd, area,
    /// bbox, segmentation, score, or any other.
    /// </summary>
    public YamlNode? Instances { get; init; }

    /// <summary>Code of the problem a sample was rejected for; only where `errors` is expected.</summary>
    public string? Code { get; init; }

    /// <summary>Name of the stage that rejected it; only where `errors` is expected.</summary>
    public string? Stage { get; init; }

    /// <summary>The shape of a sample.</summary>
    public static RecordShape Shape { get; } = new(typeof(SampleLiteral));
}
