using SegPipeline.Masks.Components;

namespace SegPipeline.Masks.Contours;

/// <summary>Walks over the ends of the runs of one column, from top to bottom.</summary>
/// <param name="runs">The runs of a mask.</param>
/// <param name="first">First run of the column.</param>
/// <param name="end">The run after its last one.</param>
internal struct ColumnEnds(ColumnRuns runs, int first, int end)
{
    /// <summary>The run of which this is an end.</summary>
    public int Run { get; private set; } = first;

    /// <summary>True when it is the upper end: the foreground lies below.</summary>
    public bool IsTop { get; private set; } = true;

    /// <summary>True when there is an end.</summary>
    public readonly bool HasMore => Run < end;

    /// <summary>The row below the end; larger than any when there is none.</summary>
    public readonly long Y => !HasMore ? long.MaxValue : IsTop ? runs.Top[Run] : runs.Bottom[Run];

    /// <summary>Moves to the next end.</summary>
    public void Next()
    {
        if (!IsTop) Run++;
        IsTop = !IsTop;
    }
}
