namespace SegPipeline.Masks.Components;

/// <summary>Which foreground pixels count as neighbours.</summary>
public enum Connectivity
{
    /// <summary>Pixels that share an edge.</summary>
    Four = 4,

    /// <summary>Pixels that share an edge or a corner.</summary>
    Eight = 8,
}
