using SegPipeline.Model;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>Cuts a CSV file (RFC 4180) into rows while it is read from front to back once.</summary>
internal static class CsvRows
{
    private const int BlockBytes = 1 << 20;
    private const int LongestRowBytes = 1 << 29;

    /// <summary>Takes a row.</summary>
    /// <param name="text">The row without its line end; valid only during the call.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="line">The line it begins in, from 1.</param>
    public delegate void RowTaker(ReadOnlySpan<byte> text, long offset, long line);

    /// <summary>Goes through all rows but empty ones. A byte order mark is passed over; a line may end in CR LF or LF;
    /// a quoted field may hold line ends.</summary>
    /// <exception cref="BadDataException">A quote is never closed, or a row is longer than any mask needs.</exception>
    public static void ForEach(SourceFile file, RowTaker take)
    {
        byte[] buffer = new byte[BlockBytes];
        long bufferOffset = Begin(file);
        int filled = 0, rowStart = 0, next = 0;
        long line = 1, rowLine = 1;
        bool isQuoted = false;
        while (true)
        {
            int got = file.Read(bufferOffset + filled, buffer.AsSpan(filled));
            filled += got;
            while (next < filled)
            {
                int found = buffer.AsSpan(next, filled - next).IndexOfAny((byte)'"', (byte)'\n');
                if (found < 0)
                {
                    next = filled;
                    break;
                }
                next += found + 1;
                bool isLineEnd = buffer[next - 1] == '\n';
                if (isLineEnd) line++;
                // A quote within a quoted field is written twice, which leaves the state as it was.
                else isQuoted = !isQuoted;
                if (!isLineEnd || isQuoted) continue;
                Take(buffer.AsSpan(rowStart, next - 1 - rowStart), bufferOffset + rowStart, rowLine, take);
                (rowStart, rowLine) = (next, line);
            }
            if (got == 0) break;
            bufferOffset += rowStart;
            filled -= rowStart;
            next -= rowStart;
            buffer = WithRoom(buffer, rowStart, filled, file, rowLine);
            rowStart = 0;
        }
        if (isQuoted) throw Fault(file, rowLine, "CSV_QUOTES", "a quote is opened and never closed");
        Take(buffer.AsSpan(rowStart, filled - rowStart), bufferOffset + rowStart, rowLine, take);
    }

    private static void Take(ReadOnlySpan<byte> text, long offset, long line, RowTaker take)
    {
        if (text.EndsWith("\r"u8)) text = text[..^1];
        if (!text.Trim(" \t"u8).IsEmpty) take(text, offset, line);
    }

    /// <summary>Moves what is left to the front, of a larger buffer when a row filled all of it.</summary>
    private static byte[] WithRoom(byte[] buffer, int start, int count, SourceFile file, long line)
    {
        byte[] target = buffer;
        if (count == buffer.Length)
        {
            if (count >= LongestRowBytes)
                throw Fault(file, line, "CSV_ROW", $"a row has at most {LongestRowBytes} bytes, this one has more");
            target = new byte[2 * buffer.Length];
        }
        buffer.AsSpan(start, count).CopyTo(target);
        return target;
    }

    private static long Begin(SourceFile file)
    {
        Span<byte> head = stackalloc byte[PackedFile.HeadBytes];
        head = head[..file.Read(0, head)];
        if (PackedFile.KindOf(head) is { } kind)
            throw new BadDataException(new Problem("CSV_PACKED", $"expected a table of text, found {kind}")
            {
                File = file.Path,
                Remedy = "unpack the file first",
            });
        return head.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    private static BadDataException Fault(SourceFile file, long line, string code, string message) =>
        new(new Problem(code, message)
        {
            File = file.Path,
            Line = line,
            Remedy = "correct the row, or name the file that is meant",
        });
}
