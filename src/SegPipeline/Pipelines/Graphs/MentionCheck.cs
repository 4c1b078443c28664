using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>Checks the keys of stages that name other stages, as <c>nested_in</c> of <c>sample</c>.</summary>
internal static class MentionCheck
{
    /// <summary>Checks all stages.</summary>
    public static void Run(IReadOnlyList<StageDraft> drafts, ProblemList problems)
    {
        foreach (StageDraft draft in drafts)
            foreach (StageMention mention in draft.Stage?.Mentions ?? [])
                Check(draft, mention, drafts, problems);
    }

    private static void Check(
        StageDraft draft, StageMention mention, IReadOnlyList<StageDraft> drafts, ProblemList problems)
    {
        if (drafts.FirstOrDefault(d => d.Name == mention.Stage) is not { } named)
        {
            problems.Add(draft.Place,
                $"'{mention.Key}' of '{draft.Name}' names '{mention.Stage}', and there is no such stage",
                DidYouMean.HintOrList(mention.Stage, [.. drafts.Where(d => d != draft).Select(d => d.Name)]));
            return;
        }
        if (named.Stage is null || mention.Fault(named.Stage) is not { } fault) return;
        problems.Add(draft.Place, $"'{mention.Key}' of '{draft.Name}' names '{mention.Stage}', which {fault}");
    }
}
