using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>
/// Follows images and videos through the graph as far as the stages themselves tell, so that a video fed to a stage
/// for images is found without any data. What only the data can tell is found when the run is planned.
/// </summary>
internal static class KindCheck
{
    /// <summary>Checks all stages, in graph order.</summary>
    public static void Run(IReadOnlyList<LinkedDraft> stages, IReadOnlyList<int> order, ProblemList problems)
    {
        var behind = new SampleKind?[stages.Count];
        foreach (int index in order)
        {
            LinkedDraft linked = stages[index];
            Stage stage = linked.Draft.Stage!;
            SampleKind? entering = null;
            foreach (PortUse input in linked.Inputs.Where(i => !i.IsErrors))
            {
                SampleKind? found = behind[input.Draft];
                entering ??= found;
                if (stage.InputKind is { } wanted && found is { } other && wanted != other)
                    problems.Add(input.Place, $"{linked.Draft.Entry!.Name} takes {Word(wanted)}, " +
                        $"and '{stages[input.Draft].Draft.Name}' gives {Word(other)}", HintFor(wanted));
            }
            behind[index] = stage.OutputKind(entering);
        }
    }

    private static string Word(SampleKind kind) => kind == SampleKind.Image ? "images" : "videos";

    private static string HintFor(SampleKind wanted) =>
        wanted == SampleKind.Image ? "put to_frames before it" : "put to_video before it";
}
