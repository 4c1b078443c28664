using System.Text.Json;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>How a <c>segpipe run --json</c> ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Problems">What it said was wrong.</param>
internal sealed record ChildOutcome(int ExitCode, string[] Problems)
{
    private const int FirstSignalCode = 128;
    private const int MostTold = 3;

    /// <summary>True when what an earlier run left is of no use any more.</summary>
    public bool CannotResume => Array.Exists(Problems, p => p.Contains("[CANNOT_RESUME]", StringComparison.Ordinal));

    /// <summary>Reads it.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="lastLine">The last line of the standard output; null when there was none.</param>
    public static ChildOutcome Of(int exitCode, string? lastLine)
    {
        try
        {
            using JsonDocument last = JsonDocument.Parse(lastLine ?? "{}");
            return new ChildOutcome(exitCode, last.RootElement.TryGetProperty("problems", out JsonElement problems)
                ? [.. problems.EnumerateArray().Select(p => p.GetString() ?? "")]
                : []);
        }
        catch (JsonException)
        {
            // It was killed within a line.
            return new ChildOutcome(exitCode, []);
        }
    }

    /// <summary>As the history tells it.</summary>
    public RunOutcome ToRunOutcome() => new(ExitCode, ExitCode switch
    {
        (int)Cli.ExitCode.Ok => null,
        _ when Problems.Length > MostTold =>
            $"{string.Join("\n", Problems.Take(MostTold))}\nand {Problems.Length - MostTold} more problems",
        _ when Problems.Length > 0 => string.Join("\n", Problems),
        (int)Cli.ExitCode.Cancelled => "the run was cancelled from outside",
        > FirstSignalCode => $"the run was killed by signal {ExitCode - FirstSignalCode}" +
            (ExitCode == FirstSignalCode + 9 ? " (is there enough memory?)" : ""),
        _ => null,
    });
}
