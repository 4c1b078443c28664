using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>What a chunk puts into a COCO file, ready but for the ids that depend on what came before.</summary>
internal sealed class EncodedChunk : IDisposable
{
    /// <summary>The images.</summary>
    public List<EncodedImage> Images { get; } = [];

    /// <summary>The annotations, image by image.</summary>
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
/// <param name="ImageIdAt">Where the id of its image is to be put in; -1 when it has it.</param>
internal readonly record struct EncodedText(
    JsonSlice? Source, int From, int LengthBytes, int IdAt, int ImageIdAt)
{
    /// <summary>The number under which an edit leaves an id open.</summary>
    public const int IdSlot = 0;

    /// <summary>The number under which an edit leaves the id of an image open.</summary>
    public const int ImageIdSlot = 1;

    /// <summary>A record that is copied.</summary>
    public static EncodedText Of(JsonSlice source) => new(source, 0, 0, -1, -1);
}

/// <summary>An image.</summary>
/// <param name="Text">Its record; nothing in a list of results.</param>
/// <param name="Id">Its id; null when it is to be numbered.</param>
/// <param name="OldId">The id it came with; null when nobody asks for it.</param>
/// <param name="AnnotationCount">How many annotations of the chunk are its own.</param>
internal sealed record EncodedImage(EncodedText Text, RecordId? Id, RecordId? OldId, int AnnotationCount)
{
    /// <summary>The picture and its place in the release; null when it is not wanted there.</summary>
    public (ReleaseName Name, Photo Photo)? Photo { get; init; }
}

/// <summary>An annotation.</summary>
/// <param name="Text">Its record.</param>
/// <param name="Order">Where it stood in its source.</param>
/// <param name="Id">Its id; null when it has none or is to be numbered.</param>
/// <param name="OldId">The id it came with; null when nobody asks for it.</param>
internal readonly record struct EncodedAnnotation(EncodedText Text, RecordOrder Order, long? Id, RecordId? OldId);
