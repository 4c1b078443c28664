using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using SegPipeline.Model;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>
/// Finds the records of a JSON dataset file in one pass from front to back, holding nothing of the file but two
/// buffers. All of the file is checked to be JSON; values nobody wants are not looked into.
/// </summary>
internal static class JsonRecordScanner
{
    /// <summary>Bytes per read: fits the second-level cache.</summary>
    public const int ReadBytes = 1 << 18;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Scans a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sink">Gets what is found.</param>
    /// <param name="warn">Told of things that were passed over: a byte order mark.</param>
    /// <param name="readBytes">Bytes per read, a multiple of 64.</param>
    /// <exception cref="BadDataException">
    /// The file is not JSON, not a dataset, or changed while it was read; with byte and line.
    /// </exception>
    public static void Scan(SourceFile file, RecordSink sink, Action<string> warn, int readBytes = ReadBytes)
    {
        using var window = new JsonScanWindow(file, readBytes);
        var walk = new JsonWalk(file, window, sink);
        var blocks = JsonBlockReader.AtStart();
        var utf8 = new Utf8Check(file);
        while (window.Advance(walk.KeepFrom()))
        {
            if (window.Offset == 0) SkipByteOrderMark(file, window, warn);
            utf8.Check(window.Bytes[..window.Count], window.Offset, window.IsAscii);
            ScanWindow(window, ref blocks, walk);
        }

        if (window.Offset < file.LengthBytes)
            throw JsonFault.At(file, window.Offset, "FILE_CUT_SHORT",
                $"the file had {file.LengthBytes} bytes when it was opened and now ends at byte {window.Offset}",
                remedy: "do not write to an input while it is read");
        walk.End(window.Offset, blocks.IsInString);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanWindow(JsonScanWindow window, ref JsonBlockReader blocks, JsonWalk walk)
    {
        ReadOnlySpan<byte> bytes = window.Bytes;
        int end = window.Count;
        JsonBlockReader reader = blocks;
        for (int at = 0; at < end; at += JsonBlockReader.Bytes)
        {
            ReadOnlySpan<byte> block = bytes.Slice(at, JsonBlockReader.Bytes);
            JsonMasks masks = reader.Read(block);
            if (masks.Faults != 0) walk.Fault(masks, block, window.Offset + at);
            if (walk.HasWork(masks)) walk.Take(masks, block, window.Offset + at);
        }

        blocks = reader;
    }

    private static void SkipByteOrderMark(SourceFile file, JsonScanWindow window, Action<string> warn)
    {
        Span<byte> bytes = window.Bytes[..window.Count];
        if (bytes.StartsWith(ByteOrderMark))
        {
            bytes[..ByteOrderMark.Length].Fill((byte)' ');
            warn($"{file.Path} begins with a byte order mark, which was passed over");
        }
        else if (bytes.Length > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw JsonFault.At(file, 0, "JSON_ENCODING", "expected UTF-8, found the byte order mark of UTF-16",
                remedy: "convert the file to UTF-8");
        }
        else if (PackedFile.KindOf(bytes) is { } kind)
        {
            throw JsonFault.At(
                file, 0, "JSON_PACKED", $"expected JSON, found {kind}", remedy: "unpack the file first");
        }
    }

    /// <summary>Checks that a file that comes in pieces is UTF-8.</summary>
    private struct Utf8Check(SourceFile file)
    {
        private byte[] _open = [];

        public void Check(ReadOnlySpan<byte> bytes, long offset, bool areAscii)
        {
            if (_open.Length == 0 && areAscii) return;
            int joined = _open.Length;
            if (joined > 0)
            {
                byte[] head = [.. _open, .. bytes[..Math.Min(4, bytes.Length)]];
                _open = [];
                if (Rune.DecodeFromUtf8(head, out _, out int used) != OperationStatus.Done) throw Bad(offset - joined);
                bytes = bytes[(used - joined)..];
                offset += used - joined;
            }

            int open = OpenTail(bytes);
            if (!Utf8.IsValid(bytes[..^open])) throw Bad(offset + ValidPrefix(bytes));
            _open = bytes[^open..].ToArray();
        }

        private readonly BadDataException Bad(long offset) => JsonFault.At(file, offset, "JSON_ENCODING",
            "expected UTF-8, found bytes that are not", remedy: "convert the file to UTF-8");

        private static int OpenTail(ReadOnlySpan<byte> bytes)
        {
            for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
            {
                byte lead = bytes[^back];
                if ((lead & 0xC0) == 0x80) continue;
                int needs = lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
                return needs > back ? back : 0;
            }

            return 0;
        }

        private static int ValidPrefix(ReadOnlySpan<byte> bytes)
        {
            int at = 0;
            while (Rune.DecodeFromUtf8(bytes[at..], out _, out int used) == OperationStatus.Done) at += used;
            return at;
        }
    }
}
