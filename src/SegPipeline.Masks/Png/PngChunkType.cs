using System.Text;

namespace SegPipeline.Masks.Png;

/// <summary>Chunk types as the big-endian numbers their four letters make.</summary>
internal static class PngChunkType
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Palette = 0x504C5445; // PLTE
    public const uint Pixels = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND

    /// <summary>Whether a reader that does not know the chunk must give up: its first letter is a capital.</summary>
    public static bool IsCritical(uint type) => (type & 0x20000000) == 0;

    /// <summary>Whether all four bytes are ASCII letters, as the format demands.</summary>
    public static bool IsLetters(uint type)
    {
        for (int shift = 0; shift < 32; shift += 8)
            if (!char.IsAsciiLetter((char)(type >> shift & 0xFF))) return false;
        return true;
    }

    /// <summary>The type for a message: its letters, or its hexadecimal digits where they are none.</summary>
    public static string Name(uint type)
    {
        if (!IsLetters(type)) return $"0x{type:X8}";
        return Encoding.ASCII.GetString([(byte)(type >> 24), (byte)(type >> 16), (byte)(type >> 8), (byte)type]);
    }
}
