namespace SegPipeline.Formats;

/// <summary>Which object keeps a pixel that several cover; a label image has one label a pixel.</summary>
public enum OverlapRule
{
    /// <summary>The one with the lowest label; the pixels that others lose are counted and warned of.</summary>
    LowestWins,

    /// <summary>The one with the highest label; the pixels that others lose are counted and warned of.</summary>
    HighestWins,

    /// <summary>None: the sample is bad.</summary>
    Fail,
}
