using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>The encoded bytes of a photo.</summary>
internal static class PhotoBytes
{
    /// <summary>All bytes of a photo.</summary>
    /// <exception cref="BadDataException">It cannot be read, or is longer than 2 GB.</exception>
    public static byte[] ReadAll(Photo photo)
    {
        if (photo.FilePath is { } path) return ReadFile(path);
        using Stream stream = photo.OpenRead();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            if (length > Array.MaxLength)
                throw PhotoFault.Format(path, $"the file has {length} bytes, too many to decode");
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
            int filled = 0;
            while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is > 0 and int got)
                filled += got;
            Telemetry.BytesRead.Add(filled);
            return filled == bytes.Length ? bytes : bytes[..filled];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PhotoFault.Missing(path, e);
        }
    }
}
