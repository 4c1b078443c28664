using SegPipeline.Model;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// The files that records of a run's samples are slices of, by a number that is the same in every run.
/// </summary>
internal sealed class RecordFiles
{
    private readonly List<SourceFile> _files = [];
    private readonly Dictionary<SourceFile, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The files that the readers of a plan declare.</summary>
    public RecordFiles(PipelinePlan plan)
    {
        foreach (SourceFile file in plan.Description.Datasets.SelectMany(d => d.SourceFiles))
            if (_numbers.TryAdd(file, _files.Count)) _files.Add(file);
    }

    /// <summary>The number of a file; null for one that no reader declares.</summary>
    public int? NumberOf(SourceFile file) => _numbers.TryGetValue(file, out int number) ? number : null;

    /// <summary>The file of a number.</summary>
    public SourceFile this[int number] => _files[number];
}
