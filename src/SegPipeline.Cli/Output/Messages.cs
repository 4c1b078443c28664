using System.Text;
using SegPipeline.Model;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Output;

/// <summary>Writes messages to the error stream as compilers do: <c>place: error: what; remedy [CODE]</c>.</summary>
internal static class Messages
{
    private const string Red = "\e[1;31m";
    private const string Yellow = "\e[1;33m";
    private const string Reset = "\e[0m";

    /// <summary>Writes an error.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="place">The place, without a colon at its end; empty when it is in no file.</param>
    /// <param name="message">What is wrong.</param>
    public static void WriteError(this Terminal terminal, string place, string message) =>
        Write(terminal, place, "error", Red, message);

    /// <summary>Writes a warning.</summary>
    public static void WriteWarning(this Terminal terminal, string place, string message) =>
        Write(terminal, place, "warning", Yellow, message);

    /// <summary>Writes a problem of the data.</summary>
    public static void WriteProblem(this Terminal terminal, Problem problem)
    {
        var place = new StringBuilder(problem.File is null ? "" : terminal.Shorten(problem.File));
        if (problem.Line is { } line) place.Append(':').Append(line);
        var message = new StringBuilder();
        if (problem.Record is not null) message.Append(problem.Record).Append(": ");
        message.Append(problem.Message);
        if (problem.ByteOffset is { } offset) message.Append(" (byte ").Append(offset).Append(')');
        if (problem.Remedy is not null) message.Append("; ").Append(problem.Remedy);
        terminal.WriteError(place.ToString(), message.Append(" [").Append(problem.Code).Append(']').ToString());
    }

    /// <summary>Writes the problems of a pipeline file.</summary>
    public static void WriteProblems(this Terminal terminal, IReadOnlyList<ConfigProblem> problems)
    {
        foreach (ConfigProblem problem in problems) terminal.WriteProblem(problem);
        if (problems.Count > 1) terminal.Error.WriteLine(Quantity.Count(problems.Count, "problem"));
    }

    /// <summary>Writes a problem of a pipeline file.</summary>
    public static void WriteProblem(this Terminal terminal, ConfigProblem problem) => terminal.WriteError(
        terminal.ToText(problem.Place), problem.Message + (problem.Hint is null ? "" : "; " + problem.Hint));

    /// <summary>A place in a pipeline file as the user would name it.</summary>
    public static string ToText(this Terminal terminal, SourcePlace place) =>
        (place with { File = terminal.Shorten(place.File) }).ToString();

    private static void Write(Terminal terminal, string place, string kind, string colour, string message)
    {
        string start = place.Length == 0 ? "segpipe: " : Printable(place) + ": ";
        string label = terminal.HasColours ? $"{colour}{kind}:{Reset}" : kind + ":";
        terminal.Error.WriteLine($"{start}{label} {Printable(message)}");
    }

    /// <summary>The text with its control characters spelt out: names from datasets must not move the cursor, colour
    /// the terminal or end the line.</summary>
    private static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;
}
