using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Gives the samples that a test writes out.</summary>
/// <param name="Samples">The samples.</param>
/// <param name="Categories">Their categories.</param>
internal sealed record LiteralReader(ImmutableArray<Sample> Samples, ImmutableArray<Category> Categories) : Reader
{
    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => new Opened(this);

    private sealed class Opened(LiteralReader reader) : OpenDataset
    {
        public override DatasetInfo Info { get; } = new()
        {
            Kind = reader.Samples.IsEmpty ? SampleKind.Image : reader.Samples[0].Kind,
            Taxonomy = reader.Categories.IsEmpty
                ? Taxonomy.Undeclared
                : new Taxonomy(reader.Categories, IsDeclared: true),
        };

        public override IReadOnlyList<PlanEntry> Plan { get; } =
            [.. reader.Samples.Select(s => new PlanEntry(s.Key, CostBytes: 1))];

        public override IReadOnlyList<string> InputFiles => [];

        public override Sample Read(int index) => reader.Samples[index];
    }
}
