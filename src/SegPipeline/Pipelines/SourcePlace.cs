namespace SegPipeline.Pipelines;

/// <summary>A place in a pipeline file.</summary>
/// <param name="File">The file as the user named it; an included file relative to the same folder.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 units, from 1.</param>
public readonly record struct SourcePlace(string File, int Line, int Column) : IComparable<SourcePlace>
{
    /// <summary>By file (ordinal), line and column.</summary>
    public int CompareTo(SourcePlace other)
    {
        int order = string.CompareOrdinal(File, other.File);
        if (order == 0) order = Line.CompareTo(other.Line);
        return order != 0 ? order : Column.CompareTo(other.Column);
    }

    /// <summary><c>file:line:column</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}");

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <(SourcePlace left, SourcePlace right) => left.CompareTo(right) < 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >(SourcePlace left, SourcePlace right) => left.CompareTo(right) > 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <=(SourcePlace left, SourcePlace right) => left.CompareTo(right) <= 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >=(SourcePlace left, SourcePlace right) => left.CompareTo(right) >= 0;
}
