using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>A picture whose bytes stand in a table.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class EmbeddedPhoto(byte[] bytes) : Photo
{
    /// <inheritdoc/>
    public override string? FilePath => null;

    /// <inheritdoc/>
    public override long CostBytes => bytes.Length;

    /// <inheritdoc/>
    public override Stream OpenRead() => new MemoryStream(bytes, writable: false);
}
