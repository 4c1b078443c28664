namespace SegPipeline.Engine.Tracing;

/// <summary>What a trace tells apart.</summary>
public enum TraceDetail
{
    /// <summary>Samples.</summary>
    Samples,

    /// <summary>Samples and the instances of each; some ten bytes more for each instance at every port.</summary>
    Instances,
}
