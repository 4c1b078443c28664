using SegPipeline.Engine;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>
/// Rejected samples come in no planned order and lack whatever was wrong with them: only transforms can pass them on,
/// and only writers that know them can write them. Writers reject none: what they cannot write ends the run.
/// </summary>
internal static class RejectsCheck
{
    /// <summary>Checks all stages behind the errors port, in graph order.</summary>
    public static void Run(IReadOnlyList<LinkedDraft> stages, IReadOnlyList<int> order, ProblemList problems)
    {
        CheckWriters(stages, problems);
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

    // The stages of a macro share the one rule of the stage that uses it, for whichever of them can reject.
    private static void CheckWriters(IReadOnlyList<LinkedDraft> stages, ProblemList problems)
    {
        var byRule = stages.Select(s => s.Draft).GroupBy(d => d.OnError, ReferenceEqualityComparer.Instance);
        foreach (var sharing in byRule)
        {
            if (sharing.Key is not ErrorRule { Policy: ErrorPolicy.Reject } rule) continue;
            if (!sharing.All(d => d.Stage is Writer)) continue;
            problems.Add(rule.Place,
                $"'{sharing.Last().Name}' is a writer, which cannot reject a sample: " +
                "one that it cannot write ends the run",
                "leave 'on_error' out here, and drop or mend such samples before it");
        }
    }
}
