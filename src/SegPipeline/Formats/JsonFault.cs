using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Makes the errors about JSON text: they name file, byte and line.</summary>
internal static class JsonFault
{
    /// <summary>Text that is not JSON, or not the JSON of a dataset.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The byte, from 0.</param>
    /// <param name="code">Code of the problem.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="record">The record it is in, when known.</param>
    /// <param name="remedy">What to do; null for the general advice.</param>
    public static BadDataException At(
        SourceFile file, long offset, string code, string message, string? record = null, string? remedy = null) =>
        new(new Problem(code, message)
        {
            File = file.Path,
            ByteOffset = offset,
            Line = LineOf(file, offset),
            Record = record,
            Remedy = remedy ?? "repair the file at that place, or fetch it again",
        });

    /// <summary>The line a byte is in, from 1. Reads the file up to there: for errors only.</summary>
    public static long LineOf(SourceFile file, long offset)
    {
        byte[] buffer = new byte[1 << 16];
        long line = 1;
        for (long at = 0; at < offset;)
        {
            int got = file.Read(at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - at)));
            if (got == 0) break;
            line += buffer.AsSpan(0, got).Count((byte)'\n');
            at += got;
        }

        return line;
    }

    /// <summary>A byte as a message can show it.</summary>
    public static string Show(byte value) => value is > 0x20 and < 0x7F ? $"'{(char)value}'" : $"byte 0x{value:X2}";
}
