using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Testing;

/// <summary>The instances of one sample as a test writes them: a source like any other, read member by
/// member.</summary>
internal sealed class LiteralInstances : InstanceSource
{
    private readonly ImmutableArray<LiteralInstance> _instances;

    private LiteralInstances(ImmutableArray<LiteralInstance> instances) => _instances = instances;

    /// <summary>Reads instances; null when something is wrong with one, which has been reported.</summary>
    /// <param name="nodes">The instances as written.</param>
    /// <param name="frames">Number of frames of a video; null for a still.</param>
    /// <param name="categories">The categories, for instances that name theirs.</param>
    /// <param name="scope">The scope.</param>
    public static ImmutableArray<Instance>? Read(
        ImmutableArray<YamlNode> nodes, int? frames, ImmutableArray<Category> categories, BindScope scope)
    {
        int before = scope.Problems.Count;
        var reader = new LiteralInstanceReader(frames, categories, scope);
        ImmutableArray<LiteralInstance> read = [.. nodes.Select(reader.Read).OfType<LiteralInstance>()];
        if (scope.Problems.Count > before || read.Length < nodes.Length) return null;
        var source = new LiteralInstances(read);
        return [.. read.Select((r, ordinal) => new Instance(source, ordinal, r.Id, r.CategoryId, r.IsCrowd))];
    }

    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) => _instances[ordinal].Segmentations;

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) => _instances[ordinal].AreasPx;

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) => _instances[ordinal].Boxes;

    /// <inheritdoc/>
    public override double? ReadScore(int ordinal) => _instances[ordinal].Score;

    /// <inheritdoc/>
    public override string? ReadMember(int ordinal, string name) =>
        _instances[ordinal].Written.Find(name) is { } entry ? TextOf(entry.Value) : null;

    /// <inheritdoc/>
    public override JsonSlice? Record(int ordinal) => JsonSlice.FromText(TextOf(_instances[ordinal].Written));

    /// <inheritdoc/>
    public override long? Order(int ordinal) => ordinal;

    private static string TextOf(YamlNode node) => JsonText.Of(node)?.ToJsonString() ?? "null";
}

/// <summary>An instance that a test writes out.</summary>
/// <param name="Written">How it is written.</param>
internal sealed record LiteralInstance(YamlMap Written)
{
    /// <summary>Its id.</summary>
    public RecordId? Id { get; init; }

    /// <summary>Its category.</summary>
    public RecordId? CategoryId { get; init; }

    /// <summary>Its iscrowd.</summary>
    public bool? IsCrowd { get; init; }

    /// <summary>Its score.</summary>
    public double? Score { get; init; }

    /// <summary>Its areas, one per frame; empty when it has none.</summary>
    public ImmutableArray<double?> AreasPx { get; init; } = [];

    /// <summary>Its boxes, one per frame; empty when it has none.</summary>
    public ImmutableArray<Box?> Boxes { get; init; } = [];

    /// <summary>Its shapes, one per frame.</summary>
    public ImmutableArray<Segmentation> Segmentations { get; init; } = [];
}
