using SegPipeline.Engine.Planning;

namespace SegPipeline.Engine.Running;

/// <summary>Surveys one after another, until an execution knows everything.</summary>
internal static class SurveyLoop
{
    /// <summary>Passes samples as often as it takes.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="options">How chunks are worked on.</param>
    /// <param name="progress">Told how it comes on.</param>
    /// <param name="found">Given what each survey gathered, target by target.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(Execution execution, WorkOptions options, ProgressFeed progress,
        Action<List<Gathered>[]>? found, CancellationToken cancel)
    {
        while (execution.NextTargets() is { Count: > 0 } targets)
        {
            List<Gathered>[] gathered = await new Survey(execution, targets).RunAsync(options, progress, cancel);
            found?.Invoke(gathered);
        }
    }

    /// <summary>Takes what surveys of the same plan have gathered before; no sample passes.</summary>
    public static void Recall(Execution execution, Func<List<Gathered>[]> next)
    {
        while (execution.NextTargets() is { Count: > 0 } targets) new Survey(execution, targets).Conclude(next());
    }
}
