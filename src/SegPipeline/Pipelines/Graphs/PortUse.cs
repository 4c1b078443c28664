using SegPipeline.Pipelines.Documents;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>An input of a stage, looked up.</summary>
/// <param name="Draft">Index of the stage it comes from; -1 for the errors port.</param>
/// <param name="Port">Number of the port; -1 when the ports of that stage are not known, as it has problems.</param>
/// <param name="Place">Where the input is named, or the stage itself when it takes from the stage above.</param>
internal sealed record PortUse(int Draft, int Port, SourcePlace Place)
{
    /// <summary>True for the port of rejected samples.</summary>
    public bool IsErrors => Draft < 0;
}

/// <summary>A stage with its inputs.</summary>
/// <param name="Draft">The stage.</param>
/// <param name="Inputs">Its inputs, in order.</param>
/// <param name="IsComplete">False when an input could not be found, so that nothing can be said of what is
/// missing.</param>
internal sealed record LinkedDraft(StageDraft Draft, IReadOnlyList<PortUse> Inputs, bool IsComplete);
