using System.Buffers;

namespace SegPipeline.Cli.Output;

/// <summary>Words of a command line as a POSIX shell takes them.</summary>
internal static class ShellWord
{
    /// <summary>What a shell takes as it stands, wherever in a word.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%");

    /// <summary>The word, in quotes where it needs them.</summary>
    public static string Quoted(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain)
        ? word
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>Words, one after another.</summary>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));
}
