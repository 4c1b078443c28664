namespace SegPipeline.Stages.Recognising;

/// <summary>Tells archives and compressed files by their first bytes: no reader takes them apart, every one says so.
/// </summary>
internal static class PackedFile
{
    /// <summary>How many first bytes tell it.</summary>
    public const int HeadBytes = TarPlace + 5;

    private const int TarPlace = 257;

    /// <summary>What a file is, as part of a sentence; null when it is nothing of the kind.</summary>
    /// <param name="head">Its first bytes.</param>
    public static string? KindOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) ? "a ZIP archive"
        : head.Length >= HeadBytes && head[TarPlace..].StartsWith("ustar"u8) ? "a tar archive"
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a file that gzip packed"
        : head.StartsWith("BZh"u8) ? "a file that bzip2 packed"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFD, .. "7zXZ"u8]) ? "a file that xz packed"
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "a file that zstd packed"
        : head.StartsWith((ReadOnlySpan<byte>)[.. "7z"u8, 0xBC, 0xAF]) ? "a 7z archive"
        : head.StartsWith("Rar!"u8) ? "a RAR archive"
        : null;
}
