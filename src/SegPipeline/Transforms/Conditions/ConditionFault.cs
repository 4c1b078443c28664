namespace SegPipeline.Transforms.Conditions;

/// <summary>Makes the exceptions that say where in a condition something is wrong.</summary>
internal static class ConditionFault
{
    /// <summary>A fault at a column, from 1.</summary>
    public static FormatException At(int column, string message) => new($"column {column}: {message}");
}
