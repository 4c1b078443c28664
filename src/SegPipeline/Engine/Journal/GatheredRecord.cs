using SegPipeline.Engine.Planning;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>What a survey has gathered, taken down so that nobody needs to gather it again.</summary>
internal static class GatheredRecord
{
    /// <summary>Takes down what one survey gathered, target by target.</summary>
    public static void Save(List<Gathered>[] targets, JournalWriter journal)
    {
        journal.Number(targets.Length);
        foreach (List<Gathered> gathered in targets)
        {
            journal.Number(gathered.Count);
            foreach (Gathered sample in gathered)
            {
                journal.Number(sample.Source);
                journal.Number(sample.Entry);
                journal.Text(sample.Candidate.Key);
                journal.Text(sample.Candidate.Observed);
                journal.Flag(sample.Problems is not null);
                if (sample.Problems is { } problems) ProblemRecord.Save(problems, journal);
            }
        }
    }

    /// <summary>Reads what was taken down.</summary>
    public static List<Gathered>[] Load(JournalReader journal)
    {
        var targets = new List<Gathered>[journal.Count()];
        for (int t = 0; t < targets.Length; t++)
        {
            int count = journal.Count();
            targets[t] = new List<Gathered>(count);
            for (int i = 0; i < count; i++)
                targets[t].Add(new Gathered(journal.Count(), journal.Count(),
                    new Candidate(journal.Text()!, journal.Text()),
                    journal.Flag() ? ProblemRecord.Load(journal) : null));
        }
        return targets;
    }
}
