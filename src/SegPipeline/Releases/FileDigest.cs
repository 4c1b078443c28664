using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SegPipeline.Releases;

/// <summary>What identifies the content of a file.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public readonly record struct FileDigest(long SizeBytes, string Sha256)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads a file on disk from front to back.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FileDigest OfFile(string path, CancellationToken cancel = default)
    {
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long size = 0;
            for (int got; (got = RandomAccess.Read(file, buffer, size)) > 0; size += got)
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, got);
            }
            return new FileDigest(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
