using SegPipeline.Model;

namespace SegPipeline.Viewer.Entries;

/// <summary>Reads what may be malformed, so that the rest can be shown without it.</summary>
internal static class Attempt
{
    /// <summary>What is read; null (or the default) when it is malformed, or not there.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="problems">Gets what is wrong with it, a sentence each.</param>
    public static T? Read<T>(Func<T?> read, List<string> problems)
    {
        try
        {
            return read();
        }
        catch (BadDataException e)
        {
            problems.AddRange(e.Problems.Select(p => p.ToString()));
            return default;
        }
    }
}
