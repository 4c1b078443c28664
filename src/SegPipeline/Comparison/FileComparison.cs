using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SegPipeline.Comparison;

/// <summary>Finds where two files begin to differ.</summary>
public static class FileComparison
{
    private const int BlockBytes = 1 << 16;
    private const int ShownBytes = 60;

    /// <summary>Compares two files from the front.</summary>
    /// <param name="before">A file.</param>
    /// <param name="after">Another file.</param>
    /// <param name="cancel">Ends the comparison.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public static FirstDifference? Compare(string before, string after, CancellationToken cancel)
    {
        using SafeFileHandle first = File.OpenHandle(before), second = File.OpenHandle(after);
        byte[] a = new byte[BlockBytes], b = new byte[BlockBytes];
        long offset = 0, lines = 1;
        bool isText = true;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Span<byte> old = Fill(first, a, offset), now = Fill(second, b, offset);
            int same = old.CommonPrefixLength(now);
            isText &= !old[..same].Contains((byte)0);
            lines += old[..same].Count((byte)'\n');
            offset += same;
            if (same == old.Length && same == now.Length && same == 0) return null;
            if (same < old.Length || same < now.Length)
                return new FirstDifference(
                    offset, isText ? lines : null, Text(old[same..], isText), Text(now[same..], isText));
        }
    }

    private static Span<byte> Fill(SafeFileHandle file, byte[] buffer, long offset)
    {
        int filled = 0;
        for (int got; (got = RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled)) > 0;) filled += got;
        return buffer.AsSpan(0, filled);
    }

    private static string? Text(Span<byte> rest, bool isText)
    {
        if (!isText) return null;
        int end = rest.IndexOf((byte)'\n');
        Span<byte> line = end < 0 ? rest : rest[..end];
        string text = Encoding.UTF8.GetString(line.Length > ShownBytes ? line[..ShownBytes] : line);
        return line.Length > ShownBytes ? text + "..." : rest.IsEmpty ? "(the end)" : text;
    }
}
