using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>What the index holds of one image or video.</summary>
/// <param name="Record">Where the record stands.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">The file name of an image as written, or what stands in for it; null when there is none, and of
/// videos.</param>
/// <param name="WidthPx">Width in pixels; 0 when the record does not say.</param>
/// <param name="HeightPx">Height in pixels; 0 when the record does not say.</param>
internal readonly record struct SampleEntry(JsonRange Record, RecordId Id, string? Name, int WidthPx, int HeightPx)
{
    /// <summary>What is wrong with the record; null when nothing is.</summary>
    public Problem? Problem { get; init; }
}
