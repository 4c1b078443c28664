using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>What a chunk puts into an annotation file, ready but for the ids that depend on what came before.</summary>
internal sealed class EncodedChunk : IDisposable
{
    /// <summary>The images or videos.</summary>
    public List<EncodedSample> Samples { get; } = [];

    /// <summary>The annotations, sample by sample.</summary>
    public List<EncodedAnnotation> Annotations { get; } = [];

    /// <summary>The text of records that are not copied from their source.</summary>
    public TextBuffer Text { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Text.Dispose();
}

/// <summary>The text of a record: a slice of its source, or a piece of the chunk's text.</summary>
/// <param name="Source">The record in its source; null when its text is the chunk's.</param>
/// <param name="From">First byte in the chunk's text.</param>
/// <param name="LengthBytes">Number of bytes in the chunk's text.</param>
/// <param name="IdAt">Where its id is to be put in; -1 when it has one.</param>
/// <param name="SampleIdAt">Where the id of its image or video is to be put in; -1 when it has it.</param>
internal readonly record struct EncodedText(
    JsonSlice? Source, int From, int LengthBytes, int IdAt, int SampleIdAt)
{
    /// <summary>The number under which an edit leaves an id open.</summary>
    public const int IdSlot = 0;

    /// <summary>The number under which an edit leaves the id of an image or video open.</summary>
    public const int SampleIdSlot = 1;

    /// <summary>A record that is copied.</summary>
    public static EncodedText Of(JsonSlice source) => new(source, 0, 0, -1, -1);
}

/// <summary>An image or video.</summary>
/// <param name="Text">Its record; nothing in a list of results.</param>
/// <param name="Id">Its id; null when it is to be numbered.</param>
/// <param name="OldId">The id it came with; null when nobody asks for it.</param>
/// <param name="AnnotationCount">How many annotations of the chunk are its own.</param>
internal sealed record EncodedSample(EncodedText Text, RecordId? Id, RecordId? OldId, int AnnotationCount)
{
    /// <summary>The pictures and their places in the release; none when they are not wanted there.</summary>
    public IReadOnlyList<(ReleaseName Name, Photo Photo)> Photos { get; init; } = [];
}

/// <summary>An annotation.</summary>
/// <param name="Text">Its record.</param>
/// <param name="Order">Where it stood in its source.</param>
/// <param name="Id">Its id; null when it has none or is to be numbered.</param>
/// <param name="OldId">The id it came with; null when nobody asks for it.</param>
internal readonly record struct EncodedAnnotation(EncodedText Text, RecordOrder Order, long? Id, RecordId? OldId);
