using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>Reads records of traces, which anybody may have changed: check sums hold against accidents alone.</summary>
internal static class TraceRecord
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="BadDataException">It is none.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> record, Func<JournalReader, T> read)
    {
        try
        {
            return read(new JournalReader(record, _ => throw new FormatException("a trace names no files")));
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or OverflowException
            or FormatException)
        {
            throw new BadDataException(new Problem("TRACE_DAMAGED", "a trace beside a release (NAME.trace) is damaged")
            {
                Remedy = "delete it, or run the pipeline again",
            });
        }
    }

    /// <summary>Reads how many things follow; each takes a byte at least.</summary>
    public static int CountOfRest(this JournalReader record) => record.Bounded(record.Count());

    /// <summary>Reads how many things follow; null for a number that stands for something else.</summary>
    public static int? CountOr(this JournalReader record, int other)
    {
        int count = record.Count();
        return count == other ? null : record.Bounded(count);
    }

    /// <summary>Reads a text that is there.</summary>
    public static string Word(this JournalReader record) =>
        record.Text() ?? throw new FormatException("a text is missing");

    private static int Bounded(this JournalReader record, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, record.Rest.Length);
        return count;
    }
}
