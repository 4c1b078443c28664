using System.Collections.Immutable;

namespace SegPipeline.Model;

/// <summary>
/// Where instances come from: reads a member of the instance with a given number when it is asked for. One object
/// serves all instances of a file, so that an instance nobody looks into costs nothing. Safe to call from any thread.
/// </summary>
public abstract class InstanceSource
{
    /// <summary>The source of instances made by a stage: everything is absent.</summary>
    public static InstanceSource None { get; } = new NoSource();

    /// <summary>The shapes, one per frame.</summary>
    /// <exception cref="BadDataException">The record is malformed.</exception>
    public abstract ImmutableArray<Segmentation> ReadSegmentations(int ordinal);

    /// <summary>How the shapes are written, one per frame; a source that can tell without reading them does
    /// so.</summary>
    /// <exception cref="BadDataException">The record is malformed.</exception>
    public virtual ImmutableArray<SegmentationForm> ReadForms(int ordinal) =>
        ReadSegmentations(ordinal) is { IsDefault: false } shapes ? [.. shapes.Select(s => s.Form)] : [];

    /// <summary>The areas in pixels, one per frame; empty when the source gives none.</summary>
    public abstract ImmutableArray<double?> ReadAreas(int ordinal);

    /// <summary>The boxes, one per frame; empty when the source gives none.</summary>
    public abstract ImmutableArray<Box?> ReadBoxes(int ordinal);

    /// <summary>The score of a result; null for ground truth.</summary>
    public abstract double? ReadScore(int ordinal);

    /// <summary>JSON text of any member of the record; null when there is none.</summary>
    public abstract string? ReadMember(int ordinal, string name);

    /// <summary>The record as written; null when the format has no JSON records.</summary>
    public abstract JsonSlice? Record(int ordinal);

    /// <summary>Position in the source's list of annotations; null when there is none.</summary>
    public abstract long? Order(int ordinal);

    private sealed class NoSource : InstanceSource
    {
        public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) => [];

        public override ImmutableArray<double?> ReadAreas(int ordinal) => [];

        public override ImmutableArray<Box?> ReadBoxes(int ordinal) => [];

        public override double? ReadScore(int ordinal) => null;

        public override string? ReadMember(int ordinal, string name) => null;

        public override JsonSlice? Record(int ordinal) => null;

        public override long? Order(int ordinal) => null;
    }
}
