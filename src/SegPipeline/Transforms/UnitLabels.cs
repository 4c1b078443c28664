using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>The categories found in each unit of a draw, numbered from 0 in the order of their ids.</summary>
/// <param name="Count">Number of categories that occur.</param>
/// <param name="OfUnit">For each unit its categories, each once, ascending.</param>
internal sealed record UnitLabels(int Count, int[][] OfUnit)
{
    // A raw line feed cannot stand in JSON text, so it parts the ids.
    private const char Separator = '\n';

    /// <summary>The ids of the categories in a sample, as text for <see cref="Candidate.Observed"/>.</summary>
    public static string Observe(Sample sample) => string.Join(Separator,
        sample.Instances.Where(i => i.CategoryId is not null).Select(i => i.CategoryId!.Value).Distinct());

    /// <summary>Gathers the categories of each unit from what was observed of its samples.</summary>
    public static UnitLabels Of(DrawUnits units, IReadOnlyList<Candidate> candidates)
    {
        var idsOf = new HashSet<RecordId>?[units.Names.Count];
        for (int i = 0; i < candidates.Count; i++)
            foreach (RecordId id in Observed(candidates[i])) (idsOf[units.OfSample[i]] ??= []).Add(id);

        RecordId[] all = [.. idsOf.OfType<HashSet<RecordId>>().SelectMany(ids => ids).Distinct().OrderBy(id => id)];
        Dictionary<RecordId, int> numberOf = all.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return new UnitLabels(all.Length, Array.ConvertAll(idsOf, ids => Numbers(ids, numberOf)));
    }

    /// <summary>The ids that <see cref="Observe"/> told.</summary>
    public static IEnumerable<RecordId> Observed(Candidate candidate) =>
        string.IsNullOrEmpty(candidate.Observed) ? [] : candidate.Observed.Split(Separator).Select(RecordId.FromJson);

    private static int[] Numbers(HashSet<RecordId>? ids, Dictionary<RecordId, int> numberOf)
    {
        if (ids is null) return [];
        int[] numbers = [.. ids.Select(id => numberOf[id])];
        Array.Sort(numbers, Comparer<int>.Default);
        return numbers;
    }
}
