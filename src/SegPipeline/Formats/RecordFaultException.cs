namespace SegPipeline.Formats;

/// <summary>
/// A value of a record is not what it should be. Thrown by what reads values, who do not know where the value stands;
/// whoever knows the record makes a <see cref="Model.BadDataException"/> of it.
/// </summary>
/// <param name="code">Short stable word in capitals.</param>
/// <param name="message">What was expected and what was found.</param>
/// <param name="remedy">What to do; null where there is only one thing to do.</param>
internal sealed class RecordFaultException(string code, string message, string? remedy = null) : Exception(message)
{
    /// <summary>Short stable word in capitals.</summary>
    public string Code => code;

    /// <summary>What to do.</summary>
    public string? Remedy => remedy;
}
