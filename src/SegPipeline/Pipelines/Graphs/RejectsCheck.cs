using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>
/// Rejected samples come in no planned order and lack whatever was wrong with them: only transforms can pass them on,
/// and only writers that know them can write them.
/// </summary>
internal static class RejectsCheck
{
    /// <summary>Checks all stages behind the errors port, in graph order.</summary>
    public static void Run(IReadOnlyList<LinkedDraft> stages, IReadOnlyList<int> order, ProblemList problems)
    {
        bool[] behindErrors = new bool[stages.Count];
        foreach (int index in order)
        {
            StageDraft draft = stages[index].Draft;
            foreach (PortUse input in stages[index].Inputs.Where(i => i.IsErrors || behindErrors[i.Draft]))
            {
                behindErrors[index] = true;
                if (draft.Stage is Writer { TakesErrors: false } or Join or Selector or Grouping)
                    problems.Add(input.Place, $"{draft.Entry!.Name} cannot take rejected samples",
                        "write.jsonl can write them");
            }
        }
    }
}
