using SegPipeline.Model;

namespace SegPipeline.Formats.Scores;

/// <summary>The figures of a whole dataset, by measure, and by measure and category.</summary>
/// <param name="taxonomy">Orders the categories; others follow in the order of their ids.</param>
internal sealed class ScoreTotals(Taxonomy taxonomy)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, ScoreTotal> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<RecordId, Dictionary<string, ScoreTotal>> _categories = [];

    /// <summary>Names of the measures, in the order in which they came.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Number of samples.</summary>
    public long Samples { get; private set; }

    /// <summary>The categories on which something was measured.</summary>
    public IEnumerable<(RecordId Id, string? Name)> Categories =>
        taxonomy.Categories.Where(c => _categories.ContainsKey(c.Id)).Select(c => (c.Id, c.Name))
            .Concat(_categories.Keys.Where(id => taxonomy.Find(id) is null).OrderBy(id => id)
                .Select(id => (id, (string?)null)));

    /// <summary>A measure over everything.</summary>
    public ScoreTotal Whole(string name) => _whole[name];

    /// <summary>A measure over a category; null when it was not measured on it.</summary>
    public ScoreTotal? Of(RecordId category, string name) => _categories[category].GetValueOrDefault(name);

    /// <summary>The mean over the categories that have a figure (mIoU, for one), and their number.</summary>
    public (double? Mean, int Categories) OverCategories(string name)
    {
        double[] values = [.. Categories.Select(c => Of(c.Id, name)?.Value).OfType<double>()];
        return (values.Length == 0 ? null : values.Sum() / values.Length, values.Length);
    }

    /// <summary>Adds what was measured on a sample.</summary>
    public void Add(IEnumerable<Measure> measures)
    {
        Samples++;
        foreach (Measure measure in measures)
        {
            if (!_whole.ContainsKey(measure.Name)) _names.Add(measure.Name);
            Add(_whole, measure);
            if (measure.CategoryId is not { } id) continue;
            if (!_categories.TryGetValue(id, out Dictionary<string, ScoreTotal>? category))
                _categories.Add(id, category = new Dictionary<string, ScoreTotal>(StringComparer.Ordinal));
            Add(category, measure);
        }
    }

    private static void Add(Dictionary<string, ScoreTotal> totals, Measure measure)
    {
        if (!totals.TryGetValue(measure.Name, out ScoreTotal? total))
            totals.Add(measure.Name, total = new ScoreTotal());
        total.Add(measure);
    }
}
