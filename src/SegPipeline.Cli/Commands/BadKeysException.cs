using SegPipeline.Model;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>Keys of a stage that were given on the command line do not fit; a command ends with exit code 78.</summary>
/// <param name="option">The option that gave them.</param>
/// <param name="faults">What is wrong, a sentence without a full stop each.</param>
internal sealed class BadKeysException(string option, IEnumerable<string> faults) : Exception
{
    /// <summary>What is wrong with a pipeline that was made of the keys.</summary>
    public static BadKeysException Of(string option, LoadedPipeline pipeline) => new(option,
        pipeline.Problems.Select(p => p.Message + (p.Hint is null ? "" : "; " + p.Hint)));

    /// <summary>The problems.</summary>
    public IReadOnlyList<Problem> Problems { get; } =
        [.. faults.Select(fault => new Problem("BAD_KEY", fault) { File = option })];
}
