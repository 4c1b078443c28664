namespace SegPipeline.Engine.Tracing;

/// <summary>What a trace tells apart.</summary>
public enum TraceDetail
{
    /// <summary>Samples.</summary>
    Samples,

    /// <summary>Samples and the instances of each; takes twice the time and many times the space.</summary>
    Instances,
}
