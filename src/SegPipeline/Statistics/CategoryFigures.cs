using SegPipeline.Model;

namespace SegPipeline.Statistics;

/// <summary>What was counted of one category.</summary>
/// <param name="Id">Its id; null for instances that have none.</param>
/// <param name="Instances">Instances, crowds among them.</param>
/// <param name="Samples">Images or videos with at least one instance.</param>
/// <param name="Crowds">Instances that are crowds.</param>
public readonly record struct CategoryFigures(RecordId? Id, long Instances, long Samples, long Crowds);
