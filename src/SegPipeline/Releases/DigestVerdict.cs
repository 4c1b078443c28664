using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>How an input file stands to what its reader asked for.</summary>
/// <param name="Sentence">What the manifest says of it, e.g. <c>current release of ...</c>.</param>
internal sealed record DigestVerdict(string Sentence)
{
    /// <summary>What the user is warned of; null when all is well.</summary>
    public string? Warning { get; init; }

    /// <summary>Why the run must end; null when it may go on.</summary>
    public Problem? Problem { get; init; }

    /// <summary>A verdict on a file that is not as asked for, under the policy of its reader.</summary>
    public static DigestVerdict Against(DigestPolicy policy, string sentence, string fileName, Problem problem) =>
        policy == DigestPolicy.Fail
            ? new DigestVerdict(sentence) { Problem = problem }
            : new DigestVerdict(sentence) { Warning = $"{fileName}: {problem.Message}; {problem.Remedy}" };
}
