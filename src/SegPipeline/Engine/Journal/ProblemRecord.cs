using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>Problems as records keep them.</summary>
internal static class ProblemRecord
{
    /// <summary>Takes problems down.</summary>
    public static void Save(ImmutableArray<Problem> problems, JournalWriter journal)
    {
        journal.Number(problems.Length);
        foreach (Problem problem in problems)
        {
            journal.Text(problem.Code);
            journal.Text(problem.Message);
            journal.Text(problem.File);
            journal.OptionalNumber(problem.ByteOffset);
            journal.OptionalNumber(problem.Line);
            journal.Text(problem.Record);
            journal.Text(problem.Remedy);
        }
    }

    /// <summary>Reads what was taken down.</summary>
    public static ImmutableArray<Problem> Load(JournalReader journal)
    {
        var problems = new Problem[journal.Count()];
        for (int i = 0; i < problems.Length; i++)
            problems[i] = new Problem(journal.Text()!, journal.Text()!)
            {
                File = journal.Text(),
                ByteOffset = journal.OptionalNumber(),
                Line = journal.OptionalNumber(),
                Record = journal.Text(),
                Remedy = journal.Text(),
            };
        return [.. problems];
    }
}
