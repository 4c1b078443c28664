using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>A picture whose bytes stand in a table; read when it is opened, unless they are at hand.</summary>
/// <param name="costBytes">About how many they are.</param>
/// <param name="bytes">Gives the bytes, on any thread.</param>
internal sealed class EmbeddedPhoto(long costBytes, Func<byte[]> bytes) : Photo
{
    /// <summary>A picture whose bytes are at hand.</summary>
    public EmbeddedPhoto(byte[] bytes) : this(bytes.Length, () => bytes) { }

    /// <inheritdoc/>
    public override string? FilePath => null;

    /// <inheritdoc/>
    public override long CostBytes => costBytes;

    /// <inheritdoc/>
    public override Stream OpenRead() => new MemoryStream(bytes(), writable: false);
}
