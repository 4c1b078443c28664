using System.Runtime.InteropServices;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Statistics;

/// <summary>Counts by category.</summary>
internal sealed class CategoryTable
{
    private readonly Dictionary<RecordId, Row> _rows = [];
    private Row _without;
    private long _sample;

    /// <summary>What was counted, the most frequent first, then by id; instances without a category last.</summary>
    public IReadOnlyList<CategoryFigures> ByFrequency
    {
        get
        {
            var all = _rows.Select(r => r.Value.Figures(r.Key))
                .OrderByDescending(c => c.Instances).ThenBy(c => c.Id!.Value);
            return _without.Instances == 0 ? [.. all] : [.. all, _without.Figures(null)];
        }
    }

    /// <summary>What is counted from now on is of another sample.</summary>
    public void BeginSample() => _sample++;

    /// <summary>Counts an instance.</summary>
    public void Add(RecordId? category, bool isCrowd)
    {
        ref Row row = ref RowOf(category);
        row.Instances++;
        if (isCrowd) row.Crowds++;
        if (row.LastSample == _sample) return;
        row.LastSample = _sample;
        row.Samples++;
    }

    /// <summary>Counts everything that another table has.</summary>
    public void Add(CategoryTable other)
    {
        foreach ((RecordId id, Row row) in other._rows) RowOf(id).Add(row);
        _without.Add(other._without);
    }

    /// <summary>Takes the table down.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Number(_rows.Count);
        foreach ((RecordId id, Row row) in _rows)
        {
            journal.OptionalNumber(id.IsInteger ? id.Number : null);
            if (!id.IsInteger) journal.Id(id);
            row.Save(journal);
        }
        _without.Save(journal);
    }

    /// <summary>Adds what was taken down.</summary>
    public void Load(JournalReader journal)
    {
        for (int left = journal.Count(); left > 0; left--)
        {
            RecordId? id = journal.OptionalNumber() is { } number ? new RecordId(number) : journal.Id();
            RowOf(id).Add(Row.Load(journal));
        }
        _without.Add(Row.Load(journal));
    }

    private ref Row RowOf(RecordId? category)
    {
        if (category is not { } id) return ref _without;
        // 1 and 1.0 are one category; whichever comes first, it is called by its number.
        RecordId key = id.IsInteger ? new RecordId(id.Number) : id;
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
    }

    private struct Row
    {
        public long Instances;
        public long Samples;
        public long Crowds;
        public long LastSample;

        public readonly CategoryFigures Figures(RecordId? id) => new(id, Instances, Samples, Crowds);

        public void Add(in Row other)
        {
            Instances += other.Instances;
            Samples += other.Samples;
            Crowds += other.Crowds;
        }

        public readonly void Save(JournalWriter journal)
        {
            journal.Number(Instances);
            journal.Number(Samples);
            journal.Number(Crowds);
        }

        public static Row Load(JournalReader journal) => new()
        {
            Instances = journal.Number(),
            Samples = journal.Number(),
            Crowds = journal.Number(),
        };
    }
}
