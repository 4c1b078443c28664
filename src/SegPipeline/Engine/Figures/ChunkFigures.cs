using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Engine.Figures;

/// <summary>The figures of one chunk, or of all chunks so far, at each port of a list.</summary>
/// <param name="seed">The pipeline's seed.</param>
/// <param name="ports">Number of the ports.</param>
/// <param name="shown">Most samples to draw.</param>
internal sealed class ChunkFigures(long seed, int ports, int shown)
{
    private readonly DatasetFigures?[] _figures = new DatasetFigures?[ports];

    /// <summary>The figures of each port; null where nothing came.</summary>
    public IReadOnlyList<DatasetFigures?> Figures => _figures;

    /// <summary>The samples that are to be shown.</summary>
    public SampleDrawing Drawing { get; } = new(seed, shown);

    /// <summary>The figures of a port, to be filled.</summary>
    public DatasetFigures At(int port) => _figures[port] ??= new DatasetFigures();

    /// <summary>Adds the figures of another chunk.</summary>
    public void Add(ChunkFigures other)
    {
        for (int p = 0; p < ports; p++)
            if (other._figures[p] is { } figures) At(p).Add(figures);
        foreach (DrawnSample sample in other.Drawing.Drawn) Drawing.Add(sample);
    }

    /// <summary>Takes the figures down.</summary>
    public void Save(JournalWriter journal)
    {
        foreach (DatasetFigures? figures in _figures)
        {
            journal.Flag(figures is not null);
            figures?.Save(journal);
        }
        Drawing.Save(journal);
    }

    /// <summary>Reads what was taken down.</summary>
    public void Load(JournalReader journal)
    {
        for (int p = 0; p < ports; p++)
            if (journal.Flag()) _figures[p] = DatasetFigures.Load(journal);
        Drawing.Load(journal);
    }
}
