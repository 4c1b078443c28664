using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Scores;

/// <summary>The figures of a sample as the journal of a run keeps them.</summary>
internal static class SavedMeasures
{
    /// <summary>Takes them down.</summary>
    public static void Save(ImmutableArray<Measure> measures, JournalWriter journal)
    {
        journal.Number(measures.Length);
        foreach (Measure measure in measures)
        {
            journal.Text(measure.Name);
            journal.Fraction(measure.Value);
            journal.Id(measure.CategoryId);
            journal.Id(measure.ObjectId);
            journal.OptionalNumber(measure.Ratio?.Numerator);
            if (measure.Ratio is { } ratio) journal.Number(ratio.Denominator);
        }
    }

    /// <summary>Reads what was taken down.</summary>
    public static ImmutableArray<Measure> Load(JournalReader journal)
    {
        var measures = new Measure[journal.Count()];
        for (int i = 0; i < measures.Length; i++)
            measures[i] = new Measure(journal.Text()!, journal.Fraction())
            {
                CategoryId = journal.Id(),
                ObjectId = journal.Id(),
                Ratio = journal.OptionalNumber() is { } numerator
                    ? new CountRatio(numerator, journal.Number())
                    : null,
            };
        return [.. measures];
    }
}
