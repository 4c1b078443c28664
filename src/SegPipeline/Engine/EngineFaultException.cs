namespace SegPipeline.Engine;

/// <summary>
/// The program is at fault, not the data: a stage that threw what it must not throw, broke its promise, or left a
/// ledger that does not balance. Names the stage. A command ends with exit code 1.
/// </summary>
public sealed class EngineFaultException : InvalidOperationException
{
    /// <summary>A fault that the engine found itself.</summary>
    /// <param name="stage">Name of the node at fault.</param>
    /// <param name="fault">What it did, as a sentence that begins with a verb.</param>
    public EngineFaultException(string stage, string fault)
        : base(Text(stage, fault)) => Stage = stage;

    /// <summary>A fault that showed as an exception.</summary>
    /// <param name="stage">Name of the node at fault.</param>
    /// <param name="fault">What it did, as a sentence that begins with a verb.</param>
    /// <param name="inner">What was thrown.</param>
    public EngineFaultException(string stage, string fault, Exception inner)
        : base(Text(stage, fault), inner) => Stage = stage;

    /// <summary>Name of the node at fault.</summary>
    public string Stage { get; }

    private static string Text(string stage, string fault) =>
        $"stage '{stage}' {fault}; this is a fault of the program, not of the data";
}
