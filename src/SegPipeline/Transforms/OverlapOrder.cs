namespace SegPipeline.Transforms;

/// <summary>
/// Which of two objects keeps a pixel that both cover. Where two are alike, the one that comes first in the list.
/// </summary>
public enum OverlapOrder
{
    /// <summary>The one with fewer pixels in the frame: small things lie on large ones.</summary>
    SmallestOnTop,

    /// <summary>The one with more pixels in the frame.</summary>
    LargestOnTop,

    /// <summary>The one with the higher score; objects without one lie below all others.</summary>
    Score,

    /// <summary>The one that comes first in the list.</summary>
    FirstWins,

    /// <summary>The one that comes last in the list, as when each is painted over those before.</summary>
    LastWins,

    /// <summary>The one with the lower id, or number (<c>object_id</c>) where it has no id; those with neither lie
    /// below all others.</summary>
    LowestIdWins,

    /// <summary>The corrected one, of labels that <c>relabel</c> has put over others: the one whose member
    /// <c>source</c> says so. It needs <c>provenance</c> to be told.</summary>
    CorrectedOnTop,

    /// <summary>None: objects that overlap make the sample bad.</summary>
    Fail,
}
