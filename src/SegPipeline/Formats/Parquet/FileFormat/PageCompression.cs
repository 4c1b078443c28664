using System.IO.Compression;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Compresses pages and takes them apart again.</summary>
internal static class PageCompression
{
    private const int ZstdLevel = 1;

    /// <summary>Compresses a page.</summary>
    public static byte[] Compress(ParquetCodec codec, ReadOnlySpan<byte> page) => codec switch
    {
        ParquetCodec.None => page.ToArray(),
        ParquetCodec.Snappy => Snappy.Compress(page),
        ParquetCodec.Gzip => Gzip(page),
        _ => Zstandard.Compress(page, ZstdLevel),
    };

    /// <summary>Takes a page apart.</summary>
    /// <returns>False when it is damaged or does not have the size of the target.</returns>
    public static bool TryDecompress(ParquetCodec codec, ReadOnlySpan<byte> page, Span<byte> target)
    {
        switch (codec)
        {
            case ParquetCodec.None:
                if (page.Length != target.Length) return false;
                page.CopyTo(target);
                return true;
            case ParquetCodec.Snappy:
                return Snappy.TryDecompress(page, target);
            case ParquetCodec.Gzip:
                return TryGunzip(page.ToArray(), target);
            case ParquetCodec.Brotli:
                return BrotliDecoder.TryDecompress(page, target, out int filled) && filled == target.Length;
            case ParquetCodec.Lz4Raw:
                return Lz4.TryDecompress(page, target);
            default:
                Zstandard.Require();
                return Zstandard.Decompress(page, target) == target.Length;
        }
    }

    private static byte[] Gzip(ReadOnlySpan<byte> page)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal)) gzip.Write(page);
        return memory.ToArray();
    }

    private static bool TryGunzip(byte[] page, Span<byte> target)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(page), CompressionMode.Decompress);
            return gzip.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length
                && gzip.ReadByte() < 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
